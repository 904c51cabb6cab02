using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Showing;

/// <summary>
/// One part of a call, and what rules redact in it. That is found and sorted once: a call may hold tens of thousands of values to be shown and as
/// many to be redacted, and each is cut out by itself.
/// </summary>
internal sealed class RedactedPart(ReadOnlyMemory<byte> bytes, IEnumerable<NamedReading> redact)
{
    private readonly IReadOnlyList<Redaction>? _redactions = Redaction.In(bytes.Length, redact);

    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>What is redacted of the whole part; see <see cref="In"/>.</summary>
    public IReadOnlyList<Redaction>? Everywhere => _redactions;

    /// <summary>
    /// What is redacted of a stretch, in order, counted from where the stretch begins. Null when that cannot be told, or when there is no such
    /// stretch: then nothing of it may be shown.
    /// </summary>
    public IReadOnlyList<Redaction>? In(int start, int length)
    {
        if (_redactions is null || start < 0 || length < 0 || start > bytes.Length - length) return null;
        var within = new List<Redaction>();
        for (var at = FirstThatEndsAt(start); at < _redactions.Count && _redactions[at].Start <= start + length; at++)
            if (_redactions[at].Within(start, length) is { } reaching) within.Add(reaching);
        return within;
    }

    /// <summary>United redactions end in the order in which they begin.</summary>
    private int FirstThatEndsAt(int place)
    {
        var (low, high) = (0, _redactions!.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_redactions[middle].End < place) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
