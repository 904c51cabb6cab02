using System.Diagnostics;
using AiAccessProxy.Telemetry;

namespace AiAccessProxy.Forwarding;

/// <summary>
/// Continues the agent's trace by <c>traceparent</c> alone. <c>tracestate</c> and <c>baggage</c> would carry the agent's own text to the
/// upstream past the eyes of reviewers.
/// </summary>
internal sealed class TraceparentOnly : DistributedContextPropagator
{
    public override IReadOnlyCollection<string> Fields { get; } = ["traceparent"];

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
        // The HTTP client's own span is nobody's: what the upstream does hangs under ours, when there is one.
        var sender = activity?.Parent is { Source.Name: Signals.Name, Kind: ActivityKind.Client } ours ? ours : activity;
        if (sender is { IdFormat: ActivityIdFormat.W3C, Id: { } id }) setter?.Invoke(carrier, "traceparent", id);
    }

    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
        (traceId, traceState) = (null, null);

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
