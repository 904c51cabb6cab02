using AiAccessProxy.Actions;

namespace AiAccessProxy.Policies.Conditions;

/// <summary>
/// A pattern for the decoded segments of a path: <c>/v1/charges/{charge}/refunds</c>, <c>/v1/*</c>, <c>/v1/**</c> (which is <c>/v1</c> too).
/// A path that differs from it in nothing but what many servers ignore (a slash at the end, letter case, …) is neither a match nor none.
/// </summary>
internal sealed record PathPattern
{
    private readonly IReadOnlyList<PatternSegment> _segments;
    private readonly int _rest;

    /// <param name="segments">As the path has them: one for each slash; at most one <see cref="PatternSegment.Rest"/>.</param>
    public PathPattern(string text, IReadOnlyList<PatternSegment> segments)
    {
        Text = text;
        _segments = segments;
        _rest = segments.ToList().FindIndex(segment => segment is PatternSegment.Rest);
    }

    public string Text { get; }

    /// <summary>As the path has them: one for each slash.</summary>
    public IReadOnlyList<PatternSegment> Segments => _segments;

    /// <summary>The route's upstream is known to ignore the case of letters (<c>path_case: insensitive</c>).</summary>
    public bool IgnoresCase { get; init; }

    public IEnumerable<string> Names => _segments.OfType<PatternSegment.One>().Select(segment => segment.Name).OfType<string>();

    /// <summary>Whether one reading of a path is meant.</summary>
    public Truth Judge(IReadOnlyList<PathSegment> path)
    {
        var fits = Fits(path.Count, path, _segments.Count);
        return fits == Truth.False && DiffersInSlash(path, Truth.Unknown) ? Truth.Unknown : fits;
    }

    /// <summary>Whether the slash at the end is all that keeps this from being a match.</summary>
    public bool IsButForTheSlash(IReadOnlyList<PathSegment> path) => Fits(path.Count, path, _segments.Count) == Truth.False && DiffersInSlash(path, Truth.True);

    /// <summary>Where <paramref name="name"/> stands in a path that this pattern does not rule out; -1 when it names nothing so.</summary>
    public int IndexOf(string name, IReadOnlyList<PathSegment> path)
    {
        var at = _segments.ToList().FindIndex(segment => segment is PatternSegment.One one && one.Name == name);
        if (at < 0 || _rest < 0 || at < _rest) return at;
        var last = _segments[^1] is PatternSegment.Literal { Text: "" } ? _segments.Count - 1 : _segments.Count;
        return End(path) - (last - at);
    }

    /// <summary>How texts are compared with the segment at that place of a path.</summary>
    public SegmentText TextAt(int at, IReadOnlyList<PathSegment> path) => new(IgnoresCase, at == End(path) - 1);

    private static int End(IReadOnlyList<PathSegment> path) => path is [.., { Text: "" }] ? path.Count - 1 : path.Count;

    private bool DiffersInSlash(IReadOnlyList<PathSegment> path, Truth least) =>
        (path is [.., { Text: "" }] && Fits(path.Count - 1, path, _segments.Count) >= least)
        || (_segments is [_, .., PatternSegment.Literal { Text: "" }] && Fits(path.Count, path, _segments.Count - 1) >= least);

    private Truth Fits(int length, IReadOnlyList<PathSegment> path, int count)
    {
        var rest = _rest < count ? _rest : -1;
        if (rest < 0 ? length != count : length < count - 1) return Truth.False;
        var fits = Truth.True;
        for (var at = 0; at < count && fits != Truth.False; at++)
        {
            if (at == rest) continue;
            var place = rest < 0 || at < rest ? at : length - (count - at);
            var one = Fits(_segments[at], path, place);
            fits = one < fits ? one : fits;
        }

        return fits;
    }

    private Truth Fits(PatternSegment segment, IReadOnlyList<PathSegment> path, int place)
    {
        var text = path[place].Text;
        // What is nothing but spaces is as good as empty to those who cut them off.
        if (segment is not PatternSegment.Literal literal) return text.Length == 0 ? Truth.False : CompatibleText.IsBlank(text) ? Truth.Unknown : Truth.True;
        return TextAt(place, path).Compare(literal.Text, text) switch
        {
            Sameness.Same => Truth.True,
            Sameness.Alike => Truth.Unknown,
            _ => Truth.False,
        };
    }
}
