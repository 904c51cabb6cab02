
namespace AiAccessProxy.Bypass.Models;

/// <summary>How an upstream with some habits takes a path apart. Characters are bytes until the very end.</summary>
internal static class PathSeen
{
    public static IReadOnlyList<string> Of(string path, Habit habits)
    {
        bool Has(Habit habit) => (habits & habit) != 0;

        if (Has(Habit.CutsParameters)) path = WithoutParameters(path);
        if (Has(Habit.ResolvesDotsRawOnly)) path = string.Join('/', Resolved(path.Split('/')));
        if (!Has(Habit.SplitsBeforeDecoding)) path = Decoded(path, habits);
        if (Has(Habit.CutsParameters)) path = WithoutParameters(path);
        if (Has(Habit.CutsAtNul)) path = path.Split('\0')[0];
        if (Has(Habit.TurnsBackslashes)) path = path.Replace('\\', '/');

        IEnumerable<string> segments = path.Split('/').Skip(1);
        if (Has(Habit.MergesSlashes)) segments = segments.Where((segment, at) => segment.Length > 0 || at == path.Count(one => one == '/') - 1);
        if (!Has(Habit.ResolvesDotsRawOnly)) segments = Resolved(segments);
        if (Has(Habit.SplitsBeforeDecoding)) segments = segments.Select(segment => Decoded(segment, habits));
        var seen = segments.Select(segment => Text.Of(segment, habits)).ToList();
        if (Has(Habit.DropsTrailingSlash)) while (seen is [_, .., ""]) seen.RemoveAt(seen.Count - 1);
        return seen.Count == 0 ? [""] : seen;
    }

    private static string Decoded(string text, Habit habits)
    {
        text = Text.Unescaped(text, habits);
        return (habits & Habit.DecodesTwice) != 0 ? Text.Unescaped(text, habits) : text;
    }

    private static string WithoutParameters(string path) => string.Join('/', path.Split('/').Select(segment => segment.Split(';')[0]));

    private static List<string> Resolved(IEnumerable<string> segments)
    {
        var resolved = new List<string>();
        var all = segments.ToList();
        for (var at = 0; at < all.Count; at++)
        {
            var isLast = at == all.Count - 1;
            if (all[at] == ".." && resolved.Count > 0) resolved.RemoveAt(resolved.Count - 1);
            if (all[at] is not ("." or "..")) resolved.Add(all[at]);
            else if (isLast) resolved.Add("");
        }

        return resolved;
    }
}
