using AiAccessProxy.Actions;

namespace AiAccessProxy.Policies.Conditions;

/// <summary>The fields of one action; each is read once, however many rules look at it.</summary>
internal sealed class CallFields(ApiAction action)
{
    private Dictionary<FieldPath, FieldReading>? _read;

    public ApiAction Action => action;

    public FieldReading Read(FieldPath field)
    {
        _read ??= [];
        if (!_read.TryGetValue(field, out var reading)) _read[field] = reading = ActionFields.Read(action, field);
        return reading;
    }
}
