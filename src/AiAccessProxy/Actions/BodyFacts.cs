namespace AiAccessProxy.Actions;

/// <summary>What rules can see in a body that was read whole.</summary>
internal abstract record BodyFacts
{
    private BodyFacts()
    {
    }

    /// <summary>The body is empty: every body field is absent.</summary>
    public sealed record Empty : BodyFacts;

    /// <summary>The body has no single reading (<paramref name="Why"/>): every body field is unreadable, which counts against the caller.</summary>
    public sealed record Unreadable(string Why) : BodyFacts;

    /// <summary>A strict JSON document (RFC 8259 and I-JSON: UTF-8, no duplicate names, also by case).</summary>
    public sealed record Json(JsonNodeFact Root) : BodyFacts;
}
