using System.Collections.Concurrent;

namespace AiAccessProxy.Ledger.Redis;

/// <summary>
/// Counts the records of every writer as the stream shows them: a number that comes twice was put there by another hand, and so was one that its
/// writer calls void; one that its writer says stands, and that does not, was taken out.
/// </summary>
internal sealed class Counting(RedisAlarms alarms)
{
    private readonly ConcurrentDictionary<string, Tally> _writers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, string> _extra = new();
    private long _began;

    /// <summary>True for an entry that is not to be believed although its seal is good.</summary>
    public bool IsExtra(long position) => _extra.ContainsKey(position);

    /// <param name="said">What writers said before the last position was asked for: whatever they call settled stands up to there.</param>
    public void Begin(long at, IEnumerable<Statement> said)
    {
        _began = at;
        foreach (var one in said) _writers[one.Writer] = new() { Checked = one.Settled };
    }

    /// <summary>False when that number came before.</summary>
    public bool TryCount(StreamEntry entry, string writer, long number)
    {
        var tally = _writers.GetOrAdd(writer, _ => new());
        lock (tally)
        {
            if ((number > tally.Checked && tally.Seen.Add(number)) || tally.Late.Remove(number)) return true;
        }

        _extra[entry.Position.Number] = writer;
        alarms.Tampered($"The record at {entry.Id}", "is a copy of another, or was refused when it was written");
        return false;
    }

    /// <param name="said">Asked for before the stream was read to its end.</param>
    public void Compare(IEnumerable<Statement> said)
    {
        foreach (var one in said)
        {
            var tally = _writers.GetOrAdd(one.Writer, _ => new());
            lock (tally) Compare(one, tally);
        }
    }

    private void Compare(Statement said, Tally tally)
    {
        // What was given away before it was said, and before we began, may stand where we have not read.
        tally.Asked ??= said.Began >= _began ? 0 : said.At >= _began ? said.Highest : null;
        if (tally.Asked is not { } asked || said.Settled <= tally.Checked) return;
        var (isVoid, isUnsure) = (said.Void.ToHashSet(), said.Unsure.ToHashSet());
        foreach (var number in isVoid.Where(tally.Seen.Contains)) alarms.Tampered($"The record {number} of {said.Writer}", "was refused when it was written, and stands in the stream");
        for (var number = Math.Max(Math.Max(tally.Checked, asked), said.From - 1) + 1; number <= said.Settled; number++)
        {
            if (tally.Seen.Contains(number) || isVoid.Contains(number) || isUnsure.Contains(number)) continue;
            alarms.Tampered($"The record {number} of {said.Writer}", "is missing in the stream");
        }

        var before = tally.Checked;
        foreach (var number in isUnsure.Where(number => number > before && number <= said.Settled && !tally.Seen.Contains(number))) tally.Late.Add(number);
        tally.Checked = said.Settled;
        tally.Seen.RemoveWhere(number => number <= said.Settled);
    }

    private sealed class Tally
    {
        /// <summary>No number up to this may come any more.</summary>
        public long Checked { get; set; }

        /// <summary>Above this all numbers must come; null while that is not known.</summary>
        public long? Asked { get; set; }

        public HashSet<long> Seen { get; } = [];

        /// <summary>Of which its writer was not sure: they may yet come, once.</summary>
        public HashSet<long> Late { get; } = [];
    }
}
