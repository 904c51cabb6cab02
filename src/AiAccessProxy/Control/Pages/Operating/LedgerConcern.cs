using AiAccessProxy.Control.Reading;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Control.Pages.Operating;

/// <summary>Whether what is decided can be recorded.</summary>
internal sealed class LedgerConcern(LedgerHealth ledger, LedgerReading reading)
{
    public HealthConcern Now => ledger.IsOk
        ? new("Ledger", true, $"It records. {reading.Read.Number} records have been read for these pages.")
        {
            More =
            [
                .. ledger.Repaired is { } repaired ? [$"At the start something was repaired: {repaired}"] : Array.Empty<string>(),
                .. ledger.MayLose.Select(why => $"Relaxed durability was accepted: Redis {why}."),
            ],
        }
        : new("Ledger", false, "It cannot record, and what cannot be recorded does not happen: calls are answered with 503.")
        {
            Since = ledger.FailingSince,
            ToDo = "See to the disk and the folder of the ledger (full, read-only, gone). It goes on by itself once it can write.",
            More = ledger.Why is { } why ? [why] : [],
        };
}
