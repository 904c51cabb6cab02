using System.Diagnostics;

namespace AiAccessProxy.Telemetry;

/// <summary>
/// Has every request belong to a trace, the agent's own or a new one, whether or not anything is exported: records name it and upstreams
/// receive it. Without a listener the server would only make one for its own logs, whose scopes hold paths that rules may redact.
/// </summary>
/// <param name="isExported">Then the exporter's sampler says what is recorded; otherwise what the caller decided is handed on.</param>
internal sealed class TraceContinuation(bool isExported) : IHostedService, IDisposable
{
    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = source => source.Name is "Microsoft.AspNetCore",
        Sample = (ref ActivityCreationOptions<ActivityContext> request) => !isExported && request.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
            ? ActivitySamplingResult.AllDataAndRecorded
            : ActivitySamplingResult.PropagationData,
        // The flag is handed on; nobody here looks at the data.
        ActivityStarted = isExported ? null : span => span.IsAllDataRequested = false,
    };

    public Task StartAsync(CancellationToken cancellationToken)
    {
        ActivitySource.AddActivityListener(_listener);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listener.Dispose();
}
