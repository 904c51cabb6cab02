using System.Diagnostics.Metrics;
using AiAccessProxy.Control.Stories;
using AiAccessProxy.Telemetry;

namespace AiAccessProxy.Control.Reading;

/// <summary>How many tickets wait for people, and since when, as metrics. Every instance tells the same, since all read one ledger.</summary>
internal sealed class PendingGauges(StoryBook stories, TimeProvider time) : IHostedService, IDisposable
{
    private static readonly string[] Risks = ["low", "medium", "high", "critical"];

    private static readonly (string Name, TimeSpan Below)[] Ages =
    [
        ("under_1m", TimeSpan.FromMinutes(1)), ("under_5m", TimeSpan.FromMinutes(5)), ("under_15m", TimeSpan.FromMinutes(15)),
        ("under_1h", TimeSpan.FromHours(1)), ("over_1h", TimeSpan.MaxValue),
    ];

    private readonly Meter _meter = Signals.OwnMeter();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _meter.CreateObservableGauge(Metrics.Pending.Name, Count, Metrics.Pending.Unit, Metrics.Pending.Description);
        _meter.CreateObservableGauge(Metrics.Oldest.Name, Oldest, Metrics.Oldest.Unit, Metrics.Oldest.Description);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();

    /// <summary>Zeros too: what is not there cannot be compared with a threshold.</summary>
    private IEnumerable<Measurement<long>> Count()
    {
        var now = time.GetUtcNow();
        var counts = new long[Risks.Length, Ages.Length];
        foreach (var (opened, risk) in stories.Pending.All)
        {
            if (Array.IndexOf(Risks, risk) is var row and >= 0) counts[row, Array.FindIndex(Ages, age => now - opened < age.Below)]++;
        }

        for (var row = 0; row < Risks.Length; row++)
        {
            for (var column = 0; column < Ages.Length; column++)
                yield return new(counts[row, column], new("risk", Risks[row]), new KeyValuePair<string, object?>("age", Ages[column].Name));
        }
    }

    private IEnumerable<Measurement<double>> Oldest()
    {
        var now = time.GetUtcNow();
        var oldest = stories.Pending.All.GroupBy(one => one.Risk).ToDictionary(group => group.Key, group => (now - group.Min(one => one.Opened)).TotalSeconds);
        return [.. Risks.Select(risk => new Measurement<double>(Math.Max(0, oldest.GetValueOrDefault(risk)), new KeyValuePair<string, object?>("risk", risk)))];
    }
}
