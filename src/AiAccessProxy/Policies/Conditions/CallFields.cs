using AiAccessProxy.Actions;

namespace AiAccessProxy.Policies.Conditions;

/// <summary>The fields of one action; each is read once, however many rules look at it.</summary>
internal sealed class CallFields(Circumstances circumstances)
{
    private Dictionary<FieldPath, FieldReading>? _read;
    private Dictionary<(FieldPath Field, FieldPath Place), FieldReading>? _readInTexts;

    public Circumstances Circumstances => circumstances;

    public FieldReading Read(FieldPath field)
    {
        _read ??= [];
        if (!_read.TryGetValue(field, out var reading)) _read[field] = reading = ActionFields.Read(circumstances.Action, field);
        return reading;
    }

    /// <summary>What stands at <paramref name="place"/> in the JSON that the text at <paramref name="field"/> holds.</summary>
    public FieldReading Read(FieldPath field, FieldPath place)
    {
        _readInTexts ??= [];
        if (!_readInTexts.TryGetValue((field, place), out var reading)) _readInTexts[(field, place)] = reading = JsonInText.Read(Read(field), place);
        return reading;
    }
}
