using System.Collections.Concurrent;
using AiAccessProxy.Ledger;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Approvals;

/// <summary>
/// The calls that this instance holds. They cost a line in a list each: one watcher wakes them all (<see cref="Watcher"/>), with what the
/// ledger hints, with what it says when asked, and with the clock.
/// </summary>
internal sealed class Waiting(Tickets tickets, IOptions<ApprovalOptions> options, TimeProvider time, ILogger<Waiting> logger)
{
    /// <summary>A turn that was not used for so long goes to the next call.</summary>
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(10);

    /// <summary>In so many rounds each held ticket is read, whether or not it is said to have moved.</summary>
    public const int RoundsBetweenReads = 16;

    private readonly Lock _lock = new();
    private int _rounds;
    private volatile bool _isEnding;
    private readonly Dictionary<TicketId, HeldTicket> _tickets = [];
    private readonly Dictionary<(string Agent, bool MayUse), int> _count = [];
    private int _reserved;

    /// <summary>Calls that stand in a line here.</summary>
    public int Count => All().Sum(ticket => ticket.Count);

    /// <summary>A place for one more call, or one more question, of the agent; null when it, or all together, have as many as they may.</summary>
    public HeldCall? TryReserve(string agent, TimeSpan hold, bool mayUse, out Refused.TooMany? tooMany, CancellationToken clientGone)
    {
        lock (_lock)
        {
            var held = _count.GetValueOrDefault((agent, mayUse));
            tooMany = held >= options.Value.MaxHeldPerAgent ? new("held calls", options.Value.MaxHeldPerAgent)
                : _reserved >= options.Value.HeldInAll ? new("held calls", options.Value.HeldInAll) { InAll = true }
                : null;
            if (tooMany is not null) return null;
            _count[(agent, mayUse)] = held + 1;
            _reserved++;
        }

        var until = _isEnding ? long.MinValue : time.GetTimestamp() + (long)(hold.TotalSeconds * time.TimestampFrequency);
        return new(agent, until, mayUse, Left, clientGone);
    }

    /// <summary>Puts the call into the line of its ticket.</summary>
    public async ValueTask JoinAsync(HeldCall call, Standing standing, CancellationToken cancellationToken)
    {
        HeldTicket? ticket;
        lock (_lock)
        {
            if (!_tickets.TryGetValue(standing.Ticket.Id, out ticket)) _tickets[standing.Ticket.Id] = ticket = new(standing);
            if (!call.TryEnter(ticket))
            {
                if (ticket.Leave(call)) _tickets.Remove(standing.Ticket.Id);
                cancellationToken.ThrowIfCancellationRequested();
                throw new ObjectDisposedException(nameof(HeldCall));
            }

            // All holds were ended while its ticket was being opened, and this one was in no line yet.
            if (_isEnding) call.EndHold();
        }

        ticket.Saw(standing);
        // What moved between the reading of the ticket and now gave no hint to this call.
        await RefreshAsync([standing.Ticket.Id], cancellationToken);
    }

    /// <summary>Holds the call: puts it into the line, and waits.</summary>
    public async ValueTask<Verdict> HoldAsync(HeldCall call, Opened.To opened, CancellationToken clientGone)
    {
        using var span = new HoldSpan(opened, time, logger);
        call.Span = span;
        try
        {
            await JoinAsync(call, opened.Standing, clientGone);
            var verdict = await VerdictAsync(call, clientGone);
            span.Ended(verdict);
            return verdict;
        }
        catch (OperationCanceledException) when (clientGone.IsCancellationRequested)
        {
            span.Gone();
            throw;
        }
    }

    /// <summary>Waits for the call's turn, for its ticket's end, or for the end of its hold.</summary>
    public async ValueTask<Verdict> VerdictAsync(HeldCall call, CancellationToken clientGone)
    {
        while (true)
        {
            clientGone.ThrowIfCancellationRequested();
            var (standing, changed) = call.Ticket!.Look();
            var (ticket, now) = (standing.Ticket, time.GetTimestamp());
            if (ticket.Status == TicketStatus.Approved && call.Ticket.TryTakeTurn(call, now)) return new Verdict.Turn(ticket) { Held = call };
            if (ticket.IsOver || call.IsOver(now)) return new Verdict.No(Refused.Of(ticket));
            await changed.WaitAsync(clientGone);
        }
    }

    /// <summary>The ticket as soon as it is no longer pending, or as it stands when <paramref name="call"/>'s time is over.</summary>
    public async ValueTask<Ticket> WatchAsync(HeldCall call, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (standing, changed) = call.Ticket!.Look();
            if (standing.Ticket.Status != TicketStatus.Pending || call.IsOver(time.GetTimestamp())) return standing.Ticket;
            await changed.WaitAsync(cancellationToken);
        }
    }

    public bool Holds(TicketId id)
    {
        lock (_lock) return _tickets.ContainsKey(id);
    }

    public void Saw(Standing standing) => Find(standing.Ticket.Id)?.Saw(standing);

    /// <summary>Asks the ledger how held tickets of which it gave a hint stand.</summary>
    /// <exception cref="LedgerUnavailableException">It cannot be asked.</exception>
    public ValueTask RefreshAsync(IEnumerable<TicketId> ids, CancellationToken cancellationToken) =>
        ReadMovedAsync(ids.Select(Find).OfType<HeldTicket>().Select(ticket => ticket.Look().Standing), upToNow: false, cancellationToken);

    /// <summary>Asks the ledger how all held tickets stand: a hint may have been lost.</summary>
    /// <exception cref="LedgerUnavailableException">It cannot be asked.</exception>
    public ValueTask RefreshAllAsync(CancellationToken cancellationToken)
    {
        // Some are asked for as if they were not known: so each is read now and then, and one that another hand has altered is noticed while it is held.
        var round = (uint)Interlocked.Increment(ref _rounds);
        return ReadMovedAsync(
            All().Select((ticket, at) => (ticket.Look().Standing, IsRead: (uint)at % RoundsBetweenReads == round % RoundsBetweenReads))
                .Select(one => one.IsRead ? one.Standing with { Revision = one.Standing.Revision - 1 } : one.Standing),
            upToNow: true, cancellationToken);
    }

    /// <summary>
    /// Answers every held call now, and holds none from now on: its identical repeat joins the same ticket in whatever process it meets.
    /// </summary>
    public void EndHolds()
    {
        _isEnding = true;
        foreach (var ticket in All()) ticket.EndHolds();
    }

    /// <summary>Somebody was told of the ticket on that channel.</summary>
    public void Notified(TicketId id, string channel) => Find(id)?.Notified(channel);

    public void PassTime()
    {
        var now = time.GetTimestamp();
        var turnsBefore = now - (long)(LongestTurn.TotalSeconds * time.TimestampFrequency);
        foreach (var ticket in All()) ticket.PassTime(now, turnsBefore);
    }

    /// <summary>All in one question: that nothing moved costs one answer, however many are held.</summary>
    private async ValueTask ReadMovedAsync(IEnumerable<Standing> known, bool upToNow, CancellationToken cancellationToken)
    {
        await foreach (var newer in tickets.ReadMovedAsync(known, upToNow, cancellationToken)) Saw(newer);
    }

    private HeldTicket[] All()
    {
        lock (_lock) return [.. _tickets.Values];
    }

    private HeldTicket? Find(TicketId id)
    {
        lock (_lock) return _tickets.GetValueOrDefault(id);
    }

    private void Left(HeldCall call)
    {
        lock (_lock)
        {
            var key = (call.Agent, call.MayUse);
            if (--_count[key] == 0) _count.Remove(key);
            _reserved--;
            if (call.Ticket is { } ticket && ticket.Leave(call)) _tickets.Remove(ticket.Id);
        }
    }
}
