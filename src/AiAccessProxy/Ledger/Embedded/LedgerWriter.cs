using System.Threading.Channels;

namespace AiAccessProxy.Ledger.Embedded;

/// <summary>The one writer: a thread that takes all who wait as one batch, again and again, and looks after what is unfinished when nobody asks.</summary>
internal sealed class LedgerWriter : IDisposable
{
    private const int BatchLimit = 4096;

    private readonly Channel<Waiting> _waiting = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });
    private readonly GroupCommit _commit;
    private readonly TimeSpan _flushAfter;
    private readonly ITimer _timer;
    private readonly Thread _thread;
    private bool _isTimed;

    public LedgerWriter(GroupCommit commit, TimeProvider time, TimeSpan flushAfter)
    {
        (_commit, _flushAfter) = (commit, flushAfter);
        _timer = time.CreateTimer(
            _ => _waiting.Writer.TryWrite(new Waiting.Flush { IsTimed = true }), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _thread = new Thread(Run) { IsBackground = true, Name = "ledger" };
        _thread.Start();
    }

    /// <exception cref="LedgerUnavailableException">The ledger is closed.</exception>
    public Task<T> HandOver<T>(Waiting.For<T> waiting) =>
        _waiting.Writer.TryWrite(waiting) ? waiting.Task : throw new LedgerUnavailableException("The ledger is closed.");

    /// <summary>Serves those who wait already, brings everything to disk and ends.</summary>
    public void Dispose()
    {
        if (!_waiting.Writer.TryComplete()) return;
        _thread.Join();
        _timer.Dispose();
    }

    private void Run()
    {
        var batch = new List<Waiting>();
        while (_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            while (batch.Count < BatchLimit && _waiting.Reader.TryRead(out var next)) batch.Add(next);
            if (batch.Exists(waiting => waiting is Waiting.Flush { IsTimed: true })) _isTimed = false;
            _commit.Process([.. batch]);
            if (_isTimed || !_commit.HasUnfinished) continue;
            _isTimed = true;
            _timer.Change(_flushAfter, Timeout.InfiniteTimeSpan);
        }

        _commit.Finish();
    }
}
