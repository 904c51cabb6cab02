namespace AiAccessProxy.Telemetry;

/// <summary>A label of a metric.</summary>
/// <param name="Values">What it can be, in words: a closed list, or whose ids. Never an id of a call, ticket, agent or person.</param>
internal sealed record MetricLabel(string Name, string Values);
