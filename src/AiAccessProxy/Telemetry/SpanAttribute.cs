namespace AiAccessProxy.Telemetry;

/// <summary>An attribute of the product's spans, as <c>docs/telemetry.md</c> tells it.</summary>
/// <param name="On">The spans and events that have it.</param>
/// <param name="Values">What it can be, in words.</param>
internal sealed record SpanAttribute(string Name, string On, string Values)
{
    /// <summary>It says who somebody is, so <c>telemetry:identities</c> says how it looks.</summary>
    public bool IsIdentity { get; init; }
}
