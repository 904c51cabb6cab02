using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals;

/// <summary>
/// Puts the life of the process on record: when it started and stopped, and which rules came into force or were refused. Rules that cannot
/// be recorded do not come into force.
/// </summary>
internal sealed class LifeRecords(ILedger ledger, LedgerHealth health, Records records, PolicyStore policies) : IHostedLifecycleService
{
    /// <summary>Ahead of every other start, so that the first rules are recorded like all later ones.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        policies.BeforeSwap = (next, stop) => CommitAsync(
            records.New(RecordKind.PolicyLoaded) with { Policy = next.Hash, Detail = $"{next.Routes.Count} route{(next.Routes.Count == 1 ? "" : "s")}" }, stop);
        policies.OnRefusal = (refusal, stop) => CommitAsync(
            records.New(RecordKind.PolicyRefused) with { Policy = policies.Current.Hash, Detail = Words(refusal) }, stop);
        await CommitAsync(records.New(RecordKind.Started) with { Detail = health.Repaired }, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// After everything else has stopped: a ledger without this record ended by a crash. Whoever took too long to stop did stop, so the time
    /// that is left to the host does not matter here.
    /// </summary>
    public async Task StoppedAsync(CancellationToken cancellationToken) =>
        await CommitAsync(records.New(RecordKind.Stopped), CancellationToken.None);

    private async ValueTask CommitAsync(LedgerRecord record, CancellationToken cancellationToken) =>
        await ledger.CommitAsync(new([record], []), cancellationToken);

    private static string Words(PolicyRefusal refusal) => string.Join("; ", refusal.Problems.Take(20));
}
