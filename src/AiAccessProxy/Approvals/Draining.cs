namespace AiAccessProxy.Approvals;

/// <summary>
/// When the process is told to stop, held calls are answered first, as their routes say for pending ones: the server would cut them off
/// without a word. Their tickets live on.
/// </summary>
internal sealed class Draining(Waiting waiting) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        waiting.EndHolds();
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
