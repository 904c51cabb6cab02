using System.Buffers;

namespace AiAccessProxy.Actions;

/// <summary>
/// Finds all that upstreams are known to make of a path: each of the steps below is done by some server, and behind a second proxy any of
/// them in any order. A step is done to the whole path or not at all, so there are few readings, however long the path.
/// </summary>
internal static class PathReadings
{
    private const int Most = 128;

    private static readonly SearchValues<char> Telling = SearchValues.Create("/\\;%?#" + CompatibleText.OfSeparators);

    private static readonly IReadOnlyList<Func<PathReading, PathReading?>> Steps =
    [
        Replace, Split('/', Ambiguity.EncodedSlash), Split('\\', Ambiguity.EncodedBackslash), CutParameters, DecodeAgain, ParseAgain, Merge,
    ];

    /// <summary>The readings beside the literal one; a problem when one of them leaves the path's own place, or when there is no end to them.</summary>
    public static Unclear? Of(IReadOnlyList<PathSegment> literal, out IReadOnlyList<PathReading> readings)
    {
        readings = [];
        if (!IsTold(literal)) return null;

        List<PathReading> found = [new(literal, [], false)];
        for (var at = 0; at < found.Count; at++)
        {
            foreach (var step in Steps)
            {
                if (step(found[at]) is not { } next || found.Exists(known => IsAsGood(known, next))) continue;
                if (Wrong(next) is { } unclear) return unclear;
                if (found.Count == Most) return new(Ambiguity.TargetForm, "The path can be read in too many ways: write it more plainly.");
                found.Add(next);
            }
        }

        readings = found[1..];
        return null;
    }

    private static bool IsTold(IReadOnlyList<PathSegment> literal)
    {
        for (var at = 0; at < literal.Count; at++)
        {
            var text = literal[at].Text;
            if (text.Length == 0 ? at < literal.Count - 1 : text.AsSpan().ContainsAny(Telling)) return true;
        }

        return false;
    }

    private static Unclear? Wrong(PathReading reading)
    {
        foreach (var segment in reading.Segments)
        {
            if (CompatibleText.IsDots(segment.Text))
                return new(Ambiguity.DotSegment, "The path holds a segment that some servers read as '.' or '..': send the path it leads to.");
            if (segment.Text.AsSpan().ContainsAnyInRange('\0', '\x1f') || segment.Text.AsSpan().ContainsAnyInRange('\x7f', '\x9f'))
                return new(Ambiguity.EncodedControl, "The path holds a control character for servers that decode it twice.");
            if (segment.Text.Contains('\uFFFD', StringComparison.Ordinal))
                return new(Ambiguity.InvalidUtf8, "The path, decoded twice, is no UTF-8.");
        }

        return reading.Decodings > 1
            ? new(Ambiguity.DoubleEncoding, "The path is escaped three times over: escape it once.")
            : null;
    }

    private static bool IsAsGood(PathReading known, PathReading other) =>
        known.CutsQuery == other.CutsQuery
        && known.Segments.Count == other.Segments.Count
        && known.Kinds.All(other.Kinds.Contains)
        && known.Segments.SequenceEqual(other.Segments);

    /// <summary>Unicode look-alikes become what they look like (compatibility forms, best-fit tables): no opt-in speaks of that.</summary>
    private static PathReading? Replace(PathReading path) => Each(path, null, segment => [CompatibleText.Replaced(segment)]);

    private static Func<PathReading, PathReading?> Split(char separator, Ambiguity kind) => path => Each(path, kind, segment => segment.Split(separator));

    private static PathReading? CutParameters(PathReading path) => Each(path, Ambiguity.PathParameter, segment => [segment.Split(';', 2)[0]]);

    // A third decoding is let in here only to be refused.
    private static PathReading? DecodeAgain(PathReading path) =>
        Each(path, Ambiguity.DoubleEncoding, segment => [PercentText.DecodeLeniently(segment)]) is { } again
            ? again with { Decodings = path.Decodings + 1 }
            : null;

    /// <summary>A decoded path is taken for a target of its own, whose separators are those of a target.</summary>
    private static PathReading? ParseAgain(PathReading path)
    {
        var segments = new List<PathSegment>();
        foreach (var segment in path.Segments)
        {
            var end = segment.Text.AsSpan().IndexOfAny('?', '#');
            segments.AddRange((end < 0 ? segment.Text : segment.Text[..end]).Split('/').Select(text => segment with { Text = text }));
            if (end >= 0) return With(path, segments, Ambiguity.DoubleEncoding) with { CutsQuery = true };
        }

        return path.Kinds.Contains(Ambiguity.DoubleEncoding) && segments.Count > path.Segments.Count ? path with { Segments = segments } : null;
    }

    private static PathReading? Merge(PathReading path)
    {
        var segments = path.Segments.Where((segment, at) => segment.Text.Length > 0 || at == path.Segments.Count - 1).ToList();
        return segments.Count == path.Segments.Count ? null : With(path, segments, Ambiguity.EmptySegment);
    }

    private static PathReading? Each(PathReading path, Ambiguity? kind, Func<string, string[]> change)
    {
        var segments = new List<PathSegment>(path.Segments.Count);
        var isChanged = false;
        foreach (var segment in path.Segments)
        {
            var texts = change(segment.Text);
            isChanged |= texts.Length > 1 || texts[0] != segment.Text;
            // What a segment falls into keeps the span of the whole: it is not known which of its characters an upstream means.
            segments.AddRange(texts.Select(text => segment with { Text = text }));
        }

        return !isChanged ? null : kind is { } known ? With(path, segments, known) : path with { Segments = segments };
    }

    private static PathReading With(PathReading path, IReadOnlyList<PathSegment> segments, Ambiguity kind) =>
        path with { Segments = segments, Kinds = path.Kinds.Contains(kind) ? path.Kinds : [.. path.Kinds, kind] };
}
