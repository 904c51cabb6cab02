namespace AiAccessProxy.Actions;

/// <summary>What stands at a <see cref="FieldPath"/> of one action.</summary>
internal abstract record FieldReading
{
    private FieldReading()
    {
    }

    /// <summary>Nothing stands there. A JSON null is present.</summary>
    public sealed record Absent : FieldReading;

    /// <summary>It cannot be told what stands there.</summary>
    public sealed record Unreadable(string Why) : FieldReading
    {
        /// <summary>Everything that may be it, where at least that can be told: enough to spare it. Null when it cannot.</summary>
        public IReadOnlyList<FieldValue>? Places { get; init; }
    }

    /// <summary>At least one value. More than one without a <c>*</c> in the path means that the field is repeated.</summary>
    public sealed record Present(IReadOnlyList<FieldValue> Values) : FieldReading;
}
