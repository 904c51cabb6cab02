using System.Collections.Concurrent;

namespace AiAccessProxy.Ledger.Redis;

/// <summary>
/// Reads the stream as it grows, checks every seal, and keeps the marks. Many who want to know up to where it has read share one reading.
/// </summary>
internal sealed class Following(Store store, RecordSeal seals, RedisAlarms alarms) : IDisposable
{
    private const int Block = 512;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _earlier = new(1, 1);
    private readonly ConcurrentDictionary<string, long> _contradicted = new(StringComparer.Ordinal);
    private Task? _round;
    private long _low;
    private long _high;
    private long _gap;

    /// <summary>Every entry up to here was read.</summary>
    public long High => Interlocked.Read(ref _high);

    /// <summary>The last position that was missing where this process read; 0 while none was.</summary>
    public long Gap => Interlocked.Read(ref _gap);

    public Marks Marks { get; } = new();

    /// <summary>Told of registers that moved, by the stream: also of those whose hint was lost.</summary>
    public event Action<IReadOnlyList<RegisterId>>? Moved;

    /// <summary>Counts the records of each writer from where the reading began.</summary>
    public Counting Counting { get; } = new(alarms);

    /// <param name="said">What writers said before it was asked where the stream ends.</param>
    public void Begin(long at, IEnumerable<Statement> said)
    {
        (_low, _high) = (at, at);
        Counting.Begin(at, said);
    }

    /// <summary>True when the change whose register has this seal was made from a state that stood no more: the store was altered.</summary>
    public bool IsContradicted(string seal) => _contradicted.ContainsKey(seal);

    /// <summary>Reads on until everything up to <paramref name="position"/> is known.</summary>
    /// <exception cref="LedgerUnavailableException">The stream cannot be read, or does not reach so far.</exception>
    public async Task UpToAsync(long position)
    {
        while (High < position)
        {
            Task round;
            lock (_lock) round = _round ??= RoundAsync(position);
            await round;
        }
    }

    /// <summary>Reads on because somebody said that the stream reaches so far, whom nobody has to believe.</summary>
    /// <exception cref="LedgerUnavailableException">The stream cannot be read.</exception>
    public async Task LookAsync(long said)
    {
        // The first round may have begun before it was said.
        for (var rounds = 0; rounds < 2 && High < said; rounds++)
        {
            Task round;
            lock (_lock) round = _round ??= RoundAsync(0);
            await round;
        }
    }

    /// <summary>Reads once what lies between <paramref name="born"/> and where the reading began.</summary>
    /// <exception cref="LedgerUnavailableException">The stream cannot be read.</exception>
    public async Task BackToAsync(long born)
    {
        if (born >= Interlocked.Read(ref _low)) return;
        await _earlier.WaitAsync();
        try
        {
            var (earlier, repeats, at, end) = (new Marks(), new Repeats(), born, Interlocked.Read(ref _low));
            while (at < end)
            {
                var entries = await store.RangeAsync(at, end, Block);
                foreach (var entry in entries)
                {
                    if (Check(entry, ref at) is { } writer && !IsRepeat(entry, writer, repeats)) Take(entry, earlier);
                }

                if (entries.Count < Block) break;
            }

            if (at < end) Missing(at + 1, end);
            Marks.TakeEarlier(earlier);
            if (born < Interlocked.Read(ref _low)) Interlocked.Exchange(ref _low, born);
        }
        finally
        {
            _earlier.Release();
        }
    }

    /// <summary>True, with an alarm, for a copy of an entry that was read before.</summary>
    public bool IsRepeat(StreamEntry entry, (string Writer, long Number) writer, Repeats repeats)
    {
        if (Counting.IsExtra(entry.Position.Number)) return true;
        if (!repeats.IsRepeat(writer.Writer, writer.Number)) return false;
        alarms.Tampered($"The record at {entry.Id}", "is a copy of another, or was refused when it was written");
        return true;
    }

    /// <summary>Null, with an alarm, when none of us wrote it so.</summary>
    public (string Writer, long Number)? Open(StreamEntry entry)
    {
        if (seals.Open(entry.Seal, entry.Record, entry.Moves) is { } opened) return opened;
        alarms.Tampered($"The record at {entry.Id}", "was not written by any instance, or changed since");
        return null;
    }

    public void Dispose() => _earlier.Dispose();

    private async Task RoundAsync(long wanted)
    {
        // Not on the thread that holds the lock.
        await Task.Yield();
        try
        {
            var at = High;
            var entries = await store.RangeAsync(at, long.MaxValue, Block);
            var moved = new List<RegisterId>();
            foreach (var entry in entries)
            {
                if (Check(entry, ref at) is not { } writer) continue;
                if (!Counting.TryCount(entry, writer.Writer, writer.Number)) continue;
                foreach (var move in Take(entry, Marks)) moved.Add(IdOf(move.Id));
            }

            if (entries.Count < Block && at < wanted)
            {
                Missing(at + 1, wanted);
                at = wanted;
            }

            Interlocked.Exchange(ref _high, at);
            if (moved.Count > 0) Moved?.Invoke(moved);
        }
        finally
        {
            lock (_lock) _round = null;
        }
    }

    /// <summary>Null for what none of us wrote. Goes on to its position either way.</summary>
    private (string Writer, long Number)? Check(StreamEntry entry, ref long at)
    {
        if (entry.Position.Number <= at)
        {
            alarms.Tampered($"The entry {entry.Id}", "is at no position");
            return null;
        }

        if (entry.Position.Number > at + 1) Missing(at + 1, entry.Position.Number - 1);
        at = entry.Position.Number;
        return Open(entry);
    }

    private void Missing(long from, long to)
    {
        alarms.Tampered($"Positions {from} to {to}", "are missing in the stream");
        for (var known = Gap; known < to; known = Gap) Interlocked.CompareExchange(ref _gap, to, known);
    }

    private IReadOnlyList<StreamMove> Take(StreamEntry entry, Marks marks)
    {
        var moves = entry.ReadMoves();
        foreach (var move in moves)
        {
            if (marks.TryTake(move, entry)) continue;
            _contradicted[move.Seal] = entry.Position.Number;
            alarms.Tampered(move.Id, $"moved at {entry.Position} to revision {move.Revision}, which it had left before");
        }

        return moves;
    }

    internal static RegisterId IdOf(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return new(name[..slash], name[(slash + 1)..]);
    }
}
