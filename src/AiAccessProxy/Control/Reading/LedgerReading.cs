using AiAccessProxy.Control.Stories;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Control.Reading;

/// <summary>
/// Reads the ledger once for everything that the control plane knows from it: the stories of tickets, what rules and agents did today, and what
/// listeners are told. All of it can be rebuilt at any time, and is, at every start.
/// </summary>
internal sealed class LedgerReading(ILedger ledger, StoryBook stories, Today today, EventTape tape) : IDisposable
{
    private readonly SemaphoreSlim _reading = new(1, 1);
    private long _read;

    public StoryBook Stories => stories;

    public Today Today => today;

    public EventTape Tape => tape;

    /// <summary>Up to where it has read.</summary>
    public Position Read => new(Interlocked.Read(ref _read));

    /// <summary>Reads what has been recorded since it last did; afterwards every record that was there when it was called has its place.</summary>
    /// <exception cref="LedgerUnavailableException">The ledger cannot be read; what was read before stays.</exception>
    public async ValueTask CatchUpAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            await foreach (var entry in ledger.ReadFromAsync(Read, cancellationToken))
            {
                stories.Take(entry);
                today.Take(entry);
                tape.Take(entry);
                Interlocked.Exchange(ref _read, entry.Position.Number);
            }
        }
        finally
        {
            tape.Wake();
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();
}
