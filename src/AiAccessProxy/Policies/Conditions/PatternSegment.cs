namespace AiAccessProxy.Policies.Conditions;

/// <summary>One segment of a <see cref="PathPattern"/>.</summary>
internal abstract record PatternSegment
{
    private PatternSegment()
    {
    }

    /// <summary>This text, compared with the decoded segment; what only some upstreams take for it is neither a match nor none.</summary>
    public sealed record Literal(string Text) : PatternSegment;

    /// <summary><c>*</c> or <c>{name}</c>: any one segment that is not empty.</summary>
    public sealed record One(string? Name) : PatternSegment;

    /// <summary><c>**</c>: any number of segments, none included.</summary>
    public sealed record Rest : PatternSegment;
}
