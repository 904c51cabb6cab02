namespace AiAccessProxy.Telemetry;

/// <summary>One measurement of many, and the trace that it comes from.</summary>
internal sealed record PrometheusExemplar(double Value, string Trace, string Span, DateTimeOffset At);
