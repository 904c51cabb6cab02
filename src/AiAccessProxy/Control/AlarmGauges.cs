using System.Diagnostics.Metrics;
using AiAccessProxy.Approvals.Instances;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;
using AiAccessProxy.Telemetry;

namespace AiAccessProxy.Control;

/// <summary>What <c>/readyz</c> tells in words, as a metric.</summary>
internal sealed class AlarmGauges(PolicyStore policies, LedgerHealth ledger, CertificateHealth certificates, InstanceSet instances)
    : IHostedService, IDisposable
{
    private readonly Meter _meter = Signals.OwnMeter();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _meter.CreateObservableGauge(Metrics.Alarms.Name, Look, Metrics.Alarms.Unit, Metrics.Alarms.Description);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<int>> Look() =>
    [
        Of("ledger", !ledger.IsOk),
        Of("ledger_integrity", ledger.AlarmsAt(instances.Time.GetUtcNow()).Count > 0),
        Of("instances", instances.Differs is { IsCertain: true }),
        Of("policy", policies.LastRefusal is not null),
        Of("certificate", certificates.Wrong.Count > 0),
    ];

    private static Measurement<int> Of(string kind, bool isWrong) => new(isWrong ? 1 : 0, new KeyValuePair<string, object?>("kind", kind));
}
