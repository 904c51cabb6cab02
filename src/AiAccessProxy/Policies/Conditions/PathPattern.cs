using AiAccessProxy.Actions;

namespace AiAccessProxy.Policies.Conditions;

/// <summary>
/// A pattern for the decoded segments of a path: <c>/v1/charges/{charge}/refunds</c>, <c>/v1/*</c>, <c>/v1/**</c> (which is <c>/v1</c> too).
/// A path that differs from it in nothing but a slash at the end is neither a match nor none: many servers take both for the same.
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

    public IEnumerable<string> Names => _segments.OfType<PatternSegment.One>().Select(segment => segment.Name).OfType<string>();

    public Truth Judge(IReadOnlyList<PathSegment> path)
    {
        if (Fits(path.Count, path, _segments.Count)) return Truth.True;
        var isSameButForTheSlash =
            (path is [.., { Text: "" }] && Fits(path.Count - 1, path, _segments.Count))
            || (_segments is [_, .., PatternSegment.Literal { Text: "" }] && Fits(path.Count, path, _segments.Count - 1));
        return isSameButForTheSlash ? Truth.Unknown : Truth.False;
    }

    /// <summary>Where <paramref name="name"/> stands in a path that this pattern does not rule out; -1 when it names nothing so.</summary>
    public int IndexOf(string name, IReadOnlyList<PathSegment> path)
    {
        var at = _segments.ToList().FindIndex(segment => segment is PatternSegment.One one && one.Name == name);
        if (at < 0 || _rest < 0 || at < _rest) return at;
        var last = _segments[^1] is PatternSegment.Literal { Text: "" } ? _segments.Count - 1 : _segments.Count;
        var end = path is [.., { Text: "" }] ? path.Count - 1 : path.Count;
        return end - (last - at);
    }

    private bool Fits(int length, IReadOnlyList<PathSegment> path, int count)
    {
        var rest = _rest < count ? _rest : -1;
        if (rest < 0 ? length != count : length < count - 1) return false;
        for (var at = 0; at < count; at++)
        {
            if (at == rest) continue;
            var text = path[rest < 0 || at < rest ? at : length - (count - at)].Text;
            var fits = _segments[at] is PatternSegment.Literal literal
                ? string.Equals(literal.Text, text, StringComparison.Ordinal)
                : text.Length > 0;
            if (!fits) return false;
        }

        return true;
    }
}
