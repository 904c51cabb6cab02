namespace AiAccessProxy.Telemetry;

/// <summary>One of the product's own metrics, as <c>docs/telemetry.md</c> tells it.</summary>
/// <param name="Unit">UCUM; in braces what is counted.</param>
internal sealed record MetricSpec(string Name, MetricKind Kind, string Unit, string Description, params MetricLabel[] Labels)
{
    /// <summary>Upper bounds of a histogram's buckets, in its unit.</summary>
    public IReadOnlyList<double> Buckets { get; init; } = [];
}
