using System.Diagnostics;

namespace AiAccessProxy.Telemetry;

/// <summary>
/// Has every request belong to a trace, the agent's own or a new one, whether or not anything is exported: records name it and upstreams
/// receive it. Without a listener the server would only make one for its own logs, whose scopes hold paths that rules may redact.
/// </summary>
internal sealed class TraceContinuation : IHostedService, IDisposable
{
    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = source => source.Name is "Microsoft.AspNetCore",
        // What the caller decided about sampling is handed on.
        Sample = (ref ActivityCreationOptions<ActivityContext> request) => request.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
            ? ActivitySamplingResult.AllDataAndRecorded
            : ActivitySamplingResult.PropagationData,
    };

    public Task StartAsync(CancellationToken cancellationToken)
    {
        ActivitySource.AddActivityListener(_listener);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listener.Dispose();
}
