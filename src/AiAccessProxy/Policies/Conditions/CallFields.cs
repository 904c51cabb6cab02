using AiAccessProxy.Actions;

namespace AiAccessProxy.Policies.Conditions;

/// <summary>The fields of one action; each is read once, however many rules look at it.</summary>
internal sealed class CallFields(Circumstances circumstances)
{
    private Dictionary<FieldPath, FieldReading>? _read;

    public Circumstances Circumstances => circumstances;

    public FieldReading Read(FieldPath field)
    {
        _read ??= [];
        if (!_read.TryGetValue(field, out var reading)) _read[field] = reading = ActionFields.Read(circumstances.Action, field);
        return reading;
    }
}
