using System.Runtime.CompilerServices;
using AiAccessProxy.Ledger;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Approvals;

/// <summary>Tickets as registers of the ledger: each edge one commit with its records, from the revision that was read.</summary>
internal sealed class Tickets(ILedger ledger, Records records, IOptions<ApprovalOptions> options, TimeProvider time)
{
    public const string Kind = "ticket";

    /// <summary>So often is an edge tried again from what stands then, when somebody else was faster.</summary>
    public const int MaxTries = 20;

    /// <summary>Bytes that a ticket may still grow by: twenty votes with the longest reasons.</summary>
    private const int Growth = 128 * 1024;

    /// <summary>The ledger's epoch as far as is known: approvals are given and used in one.</summary>
    public Epoch Epoch => ledger.Epoch;

    public async ValueTask<Standing?> ReadAsync(TicketId id, CancellationToken cancellationToken) =>
        Of(await ledger.ReadAsync(RegisterOf(id), cancellationToken));

    /// <summary>Those that moved since they were <paramref name="known"/>; see <see cref="ILedger.ReadMovedAsync"/>.</summary>
    public async IAsyncEnumerable<Standing> ReadMovedAsync(
        IEnumerable<Standing> known, bool upToNow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = known.Select(one => new Seen(RegisterOf(one.Ticket.Id), one.Revision)).ToList();
        if (seen.Count == 0) yield break;
        await foreach (var register in ledger.ReadMovedAsync(seen, upToNow, cancellationToken)) yield return Of(register)!;
    }

    public async ValueTask<Standing?> FindAsync(UniqueKey key, CancellationToken cancellationToken) =>
        Of(await ledger.FindAsync(key, cancellationToken));

    public async ValueTask<IReadOnlyList<Standing>> LiveAsync(CancellationToken cancellationToken) =>
        await ListAsync(ledger.LiveAsync(Kind, null, cancellationToken));

    /// <summary>
    /// The limit of its tickets that the agent has reached as far as can be seen; null when it may have another. The ledger's own word comes
    /// with <see cref="OpenAsync"/>; this one spares making a ticket that it would not take.
    /// </summary>
    public async ValueTask<int?> LimitReachedAsync(string agent, CancellationToken cancellationToken) =>
        options.Value.MaxTicketsPerAgent is var limit && await ledger.LiveCountAsync(Kind, agent, cancellationToken) >= limit ? limit : null;

    public async ValueTask<IReadOnlyList<Standing>> DueAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        await ListAsync(ledger.DueAsync(Kind, before, cancellationToken));

    /// <summary>Listens from this call on, as the ledger does, not only from the first read.</summary>
    public IAsyncEnumerable<TicketId> ChangesAsync(CancellationToken cancellationToken) =>
        ledger.ChangesAsync(cancellationToken).Where(id => id.Kind == Kind).Select(id => new TicketId(id.Key));

    /// <summary>Creates the register of a new ticket. <paramref name="same"/> and <paramref name="keyed"/>: ended tickets whose keys it takes over.</summary>
    /// <param name="agent">That its agent stands as it did when it was asked whether it may call.</param>
    /// <returns>Null: it is too large for a register, or would be with its votes.</returns>
    public async ValueTask<Outcome?> OpenAsync(Ticket ticket, Standing? same, Standing? keyed, Check agent)
    {
        var opened = new Edge(ticket, [records.Of(ticket)]);
        var move = MoveOf(null, opened) with
        {
            LiveLimit = options.Value.MaxTicketsPerAgent,
            Unique = TicketKeys.Of(ticket).Claims(
                same is null ? null : RegisterOf(same.Ticket.Id), keyed is null ? null : RegisterOf(keyed.Ticket.Id)),
        };
        if (move.State.Length > ChangeShape.MaxStateBytes - Growth) return null;
        var outcome = await ledger.CommitAsync(new(opened.Records, [move]) { Checks = [agent] }, CancellationToken.None);
        if (outcome is Outcome.Done) ApprovalSignals.Opened(ticket);
        return outcome;
    }

    /// <summary>
    /// Takes the edge that <paramref name="choose"/> finds, again from what stands then when somebody was faster; stops where it finds none.
    /// Returns how the ticket stands afterwards; null when there is no such ticket.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">Also when others were faster every time.</exception>
    /// <param name="known">How it stood when it was last read. It is read again unless an edge can be taken from there: whether it still stands so is for the ledger to say.</param>
    public ValueTask<Standing?> MoveAsync(TicketId id, Func<Ticket, Edge?> choose, Standing? known = null) =>
        MoveAsync(id, (Standing standing) => choose(standing.Ticket), known);

    /// <inheritdoc cref="MoveAsync(TicketId, Func{Ticket, Edge}, Standing)"/>
    public async ValueTask<Standing?> MoveAsync(TicketId id, Func<Standing, Edge?> choose, Standing? known = null)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var isKnown = tries == 0 && known is not null;
            if ((isKnown ? known : await ReadAsync(id, CancellationToken.None)) is not { } standing) return null;
            if (choose(standing) is not { } edge)
            {
                if (isKnown) continue;
                return standing;
            }

            // Not cancellable: once an edge may have been taken, what became of it has to be known.
            var outcome = await ledger.CommitAsync(ChangeOf(standing, edge), CancellationToken.None);
            if (outcome is Outcome.Done) return Taken(standing, edge);
            if (outcome is Outcome.TooLate(var at)) await PassAsync(standing, at);
        }

        throw new LedgerUnavailableException($"Ticket {id} was moved by others {MaxTries} times in a row.");
    }

    /// <summary>Takes the edge to executing: the only way to a <see cref="Cleared"/> for a privileged call.</summary>
    public async ValueTask<(Cleared? Cleared, Standing Standing, Outcome Outcome)> ClearAsync(Standing standing, Edge edge)
    {
        var (cleared, outcome) = await Cleared.CommitAsync(ledger, ChangeOf(standing, edge), time, options.Value.SendWithin);
        return (cleared, outcome is Outcome.Done ? Taken(standing, edge) : standing, outcome);
    }

    /// <summary>Takes the edge that the clock has made due at <paramref name="at"/>, if any.</summary>
    public async ValueTask PassAsync(Standing standing, DateTimeOffset at)
    {
        if (TicketMoves.Overdue(standing.Ticket, at, Epoch) is not Moved.To(var next)) return;
        var edge = new Edge(next, [records.Of(next)]);
        if (await ledger.CommitAsync(ChangeOf(standing, edge), CancellationToken.None) is Outcome.Done) Taken(standing, edge);
    }

    /// <summary>The same for one of many: one that was altered in the store stays as it is, and keeps nobody from the others.</summary>
    public async ValueTask TryPassAsync(Standing standing, DateTimeOffset at)
    {
        try
        {
            await PassAsync(standing, at);
        }
        catch (LedgerUnavailableException altered) when (altered.IsAltered)
        {
            // The ledger has raised the alarm.
        }
    }

    /// <summary>When the clock ends it; null: never.</summary>
    public static DateTimeOffset? DueOf(Ticket ticket) => ticket.Status switch
    {
        TicketStatus.Pending => ticket.DecideBy,
        TicketStatus.Approved => ticket.UseBy,
        TicketStatus.Executing => ticket.Execution?.Lease,
        _ => null,
    };

    private static RegisterId RegisterOf(TicketId id) => new(Kind, id.Value);

    private static Standing? Of(Register? register) =>
        register is null ? null : new(TicketState.Read(register.State.Span), register.Revision);

    private static async ValueTask<IReadOnlyList<Standing>> ListAsync(IAsyncEnumerable<Register> registers)
    {
        var list = new List<Standing>();
        await foreach (var register in registers) list.Add(Of(register)!);
        return list;
    }

    private Change ChangeOf(Standing standing, Edge edge) => new(edge.Records, [MoveOf(standing, edge)])
    {
        Checks = edge.Checks,
        Epoch = EpochOf(standing.Ticket, edge.Next),
    };

    /// <summary>In which epoch the edge may be taken; null: in any.</summary>
    private Epoch? EpochOf(Ticket from, Ticket next) => next.Status switch
    {
        _ when next.Status == from.Status => null,
        // What an approval is good for is promised within one epoch: it is given and used in the same.
        TicketStatus.Approved or TicketStatus.Executing when next.Epoch is { } epoch => new(epoch),
        // Another epoch than is known here may be a newer one, in which somebody else has just approved: it ends only where the store says so, too.
        TicketStatus.Lapsed or TicketStatus.Unknown when !from.IsOf(Epoch) => Epoch,
        _ => null,
    };

    private Move MoveOf(Standing? from, Edge edge)
    {
        var next = edge.Next;
        return new(RegisterOf(next.Id), from?.Revision ?? 0, TicketState.Write(next))
        {
            NotAfter = edge.NotAfter,
            Due = DueOf(next),
            LiveGroup = next.IsOver ? null : next.Agent.Id,
            // An ended ticket goes on answering its identical repeats, so it keeps its keys until another takes them over.
            Unique = TicketKeys.Of(next).Claims(null, null),
            ForgetAfter = next.IsOver ? next.Ended + Longer(options.Value.KeepEnded, options.Value.KeyWindow) : null,
        };
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static Standing Taken(Standing standing, Edge edge)
    {
        ApprovalSignals.Moved(standing.Ticket, edge.Next);
        return new(edge.Next, standing.Revision + 1);
    }
}
