namespace AiAccessProxy.Approvals;

/// <summary>
/// A ticket as the calls that wait for it on this instance see it, and the line they stand in: the newest of them gets the turn to use an
/// approval, and when it leaves without using it, the newest of those who are left.
/// </summary>
internal sealed class HeldTicket(Standing first)
{
    private readonly Lock _lock = new();
    private readonly List<HeldCall> _line = [];
    private Standing _standing = first;
    private (HeldCall Call, long Since)? _turn;
    private TaskCompletionSource _changed = NewSignal();

    public TicketId Id { get; } = first.Ticket.Id;

    public int Count
    {
        get
        {
            lock (_lock) return _line.Count(call => call.MayUse);
        }
    }

    /// <summary>How the ticket stands as far as is known here, and what completes when that, or whose turn it is, may have changed.</summary>
    public (Standing Standing, Task Changed) Look()
    {
        lock (_lock) return (_standing, _changed.Task);
    }

    public void Saw(Standing standing)
    {
        lock (_lock)
        {
            if (standing.Revision <= _standing.Revision) return;
            _standing = standing;
            Signal();
        }
    }

    public void Notified(string channel)
    {
        lock (_lock)
        {
            foreach (var call in _line) call.Span?.Notified(channel);
        }
    }

    public void Enter(HeldCall call)
    {
        lock (_lock) _line.Add(call);
    }

    /// <summary>True when nobody is left.</summary>
    public bool Leave(HeldCall call)
    {
        lock (_lock)
        {
            if (_turn?.Call == call) _turn = null;
            // Also when it was not its turn: it may have been the newest, which all others let go first.
            if (_line.Remove(call)) Signal();
            return _line.Count == 0;
        }
    }

    /// <summary>At most one call has the turn at a time, and only the newest gets it.</summary>
    public bool TryTakeTurn(HeldCall call, long now)
    {
        lock (_lock)
        {
            if (_turn is { } taken) return taken.Call == call;
            if (_line.FindLast(one => one is { MayUse: true, MissedItsTurn: false }) != call) return false;
            _turn = (call, now);
            return true;
        }
    }

    /// <summary>
    /// Wakes calls whose time is over, and takes the turn from a call that has had it since before <paramref name="turnsBefore"/> and did
    /// not use it: it stays in the line but is passed over. Should it try after all, the ledger's revision decides.
    /// </summary>
    public void PassTime(long now, long turnsBefore)
    {
        lock (_lock)
        {
            if (_turn is { } turn && turn.Since < turnsBefore && _standing.Ticket.Status == TicketStatus.Approved)
            {
                _turn = null;
                turn.Call.MissedItsTurn = true;
                Signal();
            }
            else if (_line.Exists(call => call.IsOver(now)))
            {
                Signal();
            }
        }
    }

    public void EndHolds()
    {
        lock (_lock)
        {
            foreach (var call in _line) call.EndHold();
            Signal();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal()
    {
        _changed.SetResult();
        _changed = NewSignal();
    }
}
