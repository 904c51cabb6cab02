using AiAccessProxy.Control.Reading;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Control.Pages.Operating;

/// <summary>Whether what is decided can be recorded, and whether the store is still what was written to it.</summary>
internal sealed class LedgerConcern(LedgerHealth ledger, LedgerReading reading, TimeProvider time)
{
    public HealthConcern Now => !ledger.IsOk ? Silent : ledger.AlarmsAt(time.GetUtcNow()) is { Count: > 0 } alarms ? Altered(alarms) : Well;

    private HealthConcern Well => new("Ledger", true, $"It records. {reading.Read.Number} records have been read for these pages.") { More = Remarks };

    private HealthConcern Silent => new("Ledger", false, "It cannot record, and what cannot be recorded does not happen: calls are answered with 503.")
    {
        Since = ledger.FailingSince,
        ToDo = "See to the disk and the folder of the ledger (full, read-only, gone), or to Redis. It goes on by itself once it can write.",
        More = ledger.Why is { } why ? [why] : [],
    };

    private IReadOnlyList<string> Remarks =>
    [
        .. ledger.Repaired is { } repaired ? [$"At the start something was repaired: {repaired}"] : Array.Empty<string>(),
        .. ledger.MayLose.Select(why => $"Relaxed durability was accepted: Redis {why}."),
    ];

    private HealthConcern Altered(IReadOnlyList<LedgerAlarm> alarms) =>
        new("Ledger", false, "It records, but its store was started anew, lost something, or was altered by another hand.")
        {
            Since = alarms.Min(alarm => alarm.Since),
            ToDo = "Find out who restarted or restored the store, and who can write to it. What was altered is not used.",
            More = [.. alarms.Select(alarm => alarm.Why), .. Remarks],
        };
}
