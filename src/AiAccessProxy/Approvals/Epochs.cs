using System.Text;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Approvals;

/// <summary>
/// Settles what an earlier run of the ledger's store left behind: what was approved then lapses, what was executing becomes unknown, and what is
/// pending stays so, with a word in its story.
/// </summary>
internal sealed class Epochs(ILedger ledger, Tickets tickets, Records records)
{
    /// <summary>Tickets whose stories tell of it; the record without a ticket stands for all.</summary>
    private const int MostStories = 1000;

    /// <summary>So long no other instance writes the record of the same epoch again.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    private static readonly ParallelOptions Together = new() { MaxDegreeOfParallelism = 64 };

    private Epoch _settled = Epoch.Only;

    /// <summary>At once when the epoch is the one that was settled last. Should it fail in the middle, the next call does it again.</summary>
    /// <param name="isSentHere">Its sender lives and says by itself what becomes of it.</param>
    /// <exception cref="LedgerUnavailableException">Not everything is settled; nothing can be used that is not.</exception>
    public async Task SettleAsync(Func<TicketId, bool> isSentHere, CancellationToken stopping)
    {
        var epoch = ledger.Epoch;
        if (epoch == _settled) return;
        var live = await tickets.LiveAsync(stopping);
        await Parallel.ForEachAsync(
            live.Where(standing => !isSentHere(standing.Ticket.Id)), Together, (standing, _) => tickets.TryPassAsync(standing, records.Now));
        await RecordAsync(epoch, [.. live.Select(standing => standing.Ticket).Where(ticket => ticket.Status == TicketStatus.Pending).Take(MostStories)]);
        _settled = epoch;
    }

    /// <summary>Of all instances one writes it: that the register is not there yet is the condition.</summary>
    private async ValueTask RecordAsync(Epoch epoch, IReadOnlyList<Ticket> pending)
    {
        var move = new Move(new("epoch", epoch.Value), 0, Encoding.UTF8.GetBytes(epoch.Value)) { ForgetAfter = records.Now + Remembered };
        var record = records.New(RecordKind.LedgerEpoch) with
        {
            Detail = $"The ledger's store runs as {epoch}. What was approved in an earlier run lapses; {pending.Count} tickets stay pending.",
        };
        await ledger.CommitAsync(new([record, .. pending.Select(Of)], [move]), CancellationToken.None);
    }

    private LedgerRecord Of(Ticket ticket) => records.About(ticket, RecordKind.LedgerEpoch) with
    {
        Detail = "The ledger's store was started anew while the ticket was pending. It stays pending; votes that are shown still count.",
    };
}
