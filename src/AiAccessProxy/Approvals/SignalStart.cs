using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals;

/// <summary>Has the counters that alerts look at be there from the start with zero: the first that they count would be no increase otherwise.</summary>
internal sealed class SignalStart : IHostedLifecycleService
{
    /// <summary>Once whoever gathers metrics listens.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        ApprovalSignals.Begin();
        LedgerSignals.Begin();
        PolicySignals.Begin();
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
