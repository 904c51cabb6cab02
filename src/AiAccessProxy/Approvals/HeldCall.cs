namespace AiAccessProxy.Approvals;

/// <summary>One call that waits for its ticket on this instance. Disposing it, or its client's leaving, takes it out of the line.</summary>
internal sealed class HeldCall : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenRegistration _gone;
    private readonly Action<HeldCall> _left;
    private long _until;
    private long _bytes;
    private bool _isGone;

    /// <param name="until">Timestamp of the clock at which its hold is over.</param>
    /// <param name="mayUse">It is a call that may be sent, not somebody who only wants to know.</param>
    /// <param name="left">Called once, when it leaves.</param>
    public HeldCall(string agent, long until, bool mayUse, Action<HeldCall> left, CancellationToken clientGone)
    {
        (Agent, _until, MayUse, _left) = (agent, until, mayUse, left);
        if (mayUse) ApprovalSignals.HeldCalls.Add(1);
        _gone = clientGone.UnsafeRegister(static call => ((HeldCall)call!).Leave(), this);
    }

    public string Agent { get; }

    public bool MayUse { get; }

    /// <summary>It had its turn and did not use it. Belongs to its ticket, and is read and written under its lock.</summary>
    public bool MissedItsTurn { get; set; }

    /// <summary>What is told of its wait; null for somebody who only wants to know.</summary>
    public HoldSpan? Span { get; set; }

    /// <summary>Null until its ticket is known.</summary>
    public HeldTicket? Ticket { get; private set; }

    public bool IsOver(long now) => now >= Volatile.Read(ref _until);

    /// <summary>It is held no longer, whatever it asked for.</summary>
    public void EndHold() => Volatile.Write(ref _until, long.MinValue);

    /// <summary>What it keeps in memory while it waits.</summary>
    public void Carry(long bytes)
    {
        lock (_lock)
        {
            if (_isGone) return;
            _bytes += bytes;
        }

        ApprovalSignals.HeldBytes.Add(bytes);
    }

    /// <summary>Stands in the line of <paramref name="ticket"/> from now on; false when it has left already.</summary>
    public bool TryEnter(HeldTicket ticket)
    {
        lock (_lock)
        {
            if (_isGone) return false;
            Ticket = ticket;
            ticket.Enter(this);
            return true;
        }
    }

    public void Dispose()
    {
        Leave();
        _gone.Dispose();
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (_isGone) return;
            _isGone = true;
        }

        if (MayUse) ApprovalSignals.HeldCalls.Add(-1);
        if (_bytes > 0) ApprovalSignals.HeldBytes.Add(-_bytes);
        _left(this);
    }
}
