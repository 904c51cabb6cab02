using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Redis;
using AiAccessProxy.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiAccessProxy.Tests.Ledger.Redis;

/// <summary>What alarms of the ledger in Redis count as: the kinds that the documentation has, each alarm once, however many there are.</summary>
public class RedisAlarmsTests
{
    [Fact]
    public void Alarms_count_under_the_documented_kinds_once_each_also_those_that_are_too_many_to_be_told()
    {
        var counted = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, listener) => { if (instrument.Name == Metrics.LedgerAlarms.Name) listener.EnableMeasurementEvents(instrument); } };
        // Other tests raise alarms meanwhile, on other threads.
        var thread = Environment.CurrentManagedThreadId;
        listener.SetMeasurementEventCallback<long>((_, value, labels, _) =>
        {
            if (Environment.CurrentManagedThreadId == thread) counted.AddOrUpdate((string)labels[0].Value!, value, (_, before) => before + value);
        });
        listener.Start();
        var health = new LedgerHealth();
        var alarms = new RedisAlarms(health, TimeProvider.System, NullLogger.Instance);

        for (var i = 0; i < LedgerHealth.MostAlarms + 5; i++) alarms.Tampered($"The record at {i}", "was not written by any instance");
        alarms.Tampered("The record at 0", "was not written by any instance");
        alarms.NewEpoch(new("a"), new("b"));
        for (var i = 0; i < 3; i++) alarms.Unavailable("Redis did not answer in time.");
        alarms.Well();
        alarms.Unavailable("Redis did not answer in time.");

        Assert.Equal(LedgerHealth.MostAlarms, health.AlarmsAt(DateTimeOffset.MinValue).Count);
        Assert.Equal([KeyValuePair.Create(LedgerSignals.Integrity, LedgerHealth.MostAlarms + 6L), KeyValuePair.Create(LedgerSignals.Unwritable, 2L)], counted.OrderBy(kind => kind.Key));
    }
}
