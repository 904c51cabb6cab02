using AiAccessProxy.Ledger;

namespace AiAccessProxy.Approvals;

/// <summary>Ends the tickets that the clock, or the death of their sender, has ended, and keeps those alive that are being sent here.</summary>
internal sealed class Overdue(Tickets tickets, Records records, Running running, Epochs epochs)
{
    private static readonly ParallelOptions Together = new() { MaxDegreeOfParallelism = 64 };

    /// <summary>Renews the leases of the calls that are being sent here.</summary>
    /// <exception cref="LedgerUnavailableException">They could not be renewed.</exception>
    public Task RenewAsync() => running.RenewAsync();

    /// <summary>Expires, lapses, and gives up calls whose sender let its lease run out. Calls that are being sent here are left alone.</summary>
    /// <exception cref="LedgerUnavailableException">They stay as they are.</exception>
    public async Task SweepAsync(CancellationToken stopping)
    {
        await epochs.SettleAsync(running.Has, stopping);
        var now = records.Now;
        // Together, so that many that are due in one moment share the ledger's fsync.
        await Parallel.ForEachAsync(
            (await tickets.DueAsync(now, stopping)).Where(standing => running.IsForUs(standing.Ticket, now)),
            Together,
            (standing, _) => tickets.TryPassAsync(standing, now));
    }

    /// <summary>
    /// At the start of a ledger that one process writes: whatever is executing was being sent by a process that is no more, so it is not
    /// known what became of it. Where several write, others may well be sending; who is not loses the lease.
    /// </summary>
    public async Task SettleAsync(CancellationToken stopping)
    {
        if (running.MayBeElsewhere) return;
        var stale = (await tickets.LiveAsync(stopping))
            .Where(standing => standing.Ticket is { Status: TicketStatus.Executing, Execution: { } execution } && execution.Instance != records.Instance);
        await Parallel.ForEachAsync(stale, Together, async (standing, _) =>
            await tickets.MoveAsync(standing.Ticket.Id, ticket =>
                TicketMoves.Abandon(ticket, records.Now, "the process that sent it stopped without saying what became of it") is Moved.To(var next)
                    ? new(next, [records.Of(next)])
                    : null));
    }
}
