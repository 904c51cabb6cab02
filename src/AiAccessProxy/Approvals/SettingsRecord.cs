using AiAccessProxy.Ledger;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Approvals;

/// <summary>Puts on record what the process was told to do differently, so that an auditor can tell what held when.</summary>
internal sealed class SettingsRecord(ILedger ledger, LedgerHealth health, Records records, SettingsInForce settings) : IHostedLifecycleService
{
    private const int MostOfOne = 200;

    public async Task StartingAsync(CancellationToken cancellationToken) =>
        await ledger.CommitAsync(new([records.New(RecordKind.SettingsLoaded) with { Detail = Words() + Weakness() }], []), cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>An auditor has to know from the ledger itself how far it can be relied on.</summary>
    private string Weakness() => health.MayLose.Count == 0 ? "" : $"; relaxed durability: the store {string.Join("; it ", health.MayLose)}";

    private string Words() => settings.Read().Where(one => !one.IsDefault).ToList() is { Count: > 0 } changed
        ? string.Join("; ", changed.Select(one => $"{one.Setting.Name}={one.Value[..Math.Min(one.Value.Length, MostOfOne)]}"))
        : "every setting is its default";
}
