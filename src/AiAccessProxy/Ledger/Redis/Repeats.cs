namespace AiAccessProxy.Ledger.Redis;

/// <summary>
/// Finds copies in a part of the stream that is read from front to back. The numbers of a writer come nearly in order, so that not all have to
/// be remembered: one that is far below the highest is a copy of one that was there before.
/// </summary>
internal sealed class Repeats
{
    private const int Remembered = 8192;

    private readonly Dictionary<string, (long Highest, HashSet<long> Seen)> _writers = new(StringComparer.Ordinal);

    public bool IsRepeat(string writer, long number)
    {
        var (highest, seen) = _writers.GetValueOrDefault(writer, (0, []));
        if (number <= highest - Remembered || !seen.Add(number)) return true;
        highest = Math.Max(highest, number);
        if (seen.Count > 2 * Remembered) seen.RemoveWhere(old => old <= highest - Remembered);
        _writers[writer] = (highest, seen);
        return false;
    }
}
