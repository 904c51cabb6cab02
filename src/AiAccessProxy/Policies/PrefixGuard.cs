using AiAccessProxy.Actions;

namespace AiAccessProxy.Policies;

/// <summary>
/// Keeps a call from falling through to a route that is not meant: what some server would read under a longer prefix (<c>/Admin/x</c>,
/// <c>/pay//admin</c>), or under one of a route that names the host, is not left to the rules of another route.
/// </summary>
internal static class PrefixGuard
{
    private static readonly SegmentText Segment = new(IgnoresCase: false, IsLast: false);

    /// <summary>Why <paramref name="target"/> may be meant for another of <paramref name="routes"/> than <paramref name="chosen"/>; null when it is not.</summary>
    public static Unclear? Of(CanonicalTarget target, Route chosen, IEnumerable<Route> routes)
    {
        var length = SegmentsOf(chosen.Prefix).Length;
        var other = routes.FirstOrDefault(route => SegmentsOf(route.Prefix) is var prefix
            && (prefix.Length > length || (route.Hosts.Count > 0 && chosen.Hosts.Count == 0))
            && (Begins(target.Segments, prefix) || target.Readings.Any(reading => Begins(reading.Segments, prefix))));
        return other is null
            ? null
            : new(Ambiguity.RoutePrefix, $"The path begins as the prefix {other.Prefix} does for some servers: write the prefix as the route has it.");
    }

    /// <summary>Whether two prefixes are one to some server.</summary>
    public static bool AreAlike(string one, string other) =>
        SegmentsOf(one) is var left && SegmentsOf(other) is var right && left.Length == right.Length
        && left.Zip(right).All(pair => Segment.Compare(pair.First, pair.Second) != Sameness.Different);

    private static bool Begins(IReadOnlyList<PathSegment> path, string[] prefix) =>
        path.Count >= prefix.Length && !prefix.Where((segment, at) => Segment.Compare(segment, path[at].Text) == Sameness.Different).Any();

    private static string[] SegmentsOf(string prefix) => prefix == "/" ? [] : prefix[1..].Split('/');
}
