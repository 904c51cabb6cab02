using AiAccessProxy.Bypass.Grounds;
using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass.Spellings;

/// <summary>
/// Spellings of targets, without end: every trick on every start, then tricks upon tricks.
/// </summary>
internal static class TargetSpellings
{
    private const int MostTricks = 4;

    private static readonly string[] Prefixes =
    [
        "/{0}", "/{0}/", "//{0}", "/{0};x", "/{0};", "/./{0}", "/{0}/.", "/x/../{0}", "/{0}/../{0}", "/{1}/../{0}", "/{1}/..;/{0}", "/{1}%2f..%2f{0}", "/{0}%2F", "/%2F{0}",
        "\\{0}", "/{0}\\", "/{0}%5C..\\{0}", "/{0}%00", "/{0}%20", "http://api.example/{0}", "http://api.example:80/{0}", "https://other.example/{0}", "HTTP://api.example/{0}",
        "api.example/{0}", "*", "{0}", "/{0}?/", "/{0}#/", "/.ai-access/../{0}", "/{0}/.ai-access/..", "///{0}", "/{0}.", "/{0}/%2e", "/{0}/%2e%2e/{0}", "ftp://api.example/{0}", "//api.example/{0}",
    ];

    public static IEnumerable<Spelling> Of(Ground ground, Random chance)
    {
        foreach (var start in ground.Starts)
        {
            var (path, query) = Apart(start.Target);
            foreach (var trick in PathTricks.All.Where(_ => path.Length > 1)) yield return Prefixed(start, ground, trick(path, chance), query);
            foreach (var trick in QueryTricks.All) yield return Prefixed(start, ground, path, trick(query ?? "", chance));
            foreach (var prefix in Prefixes)
                yield return start with { Target = Prefix(prefix, ground, chance) + start.Target };
        }

        while (true)
        {
            var start = chance.Pick(ground.Starts);
            var (path, query) = Apart(start.Target);
            var isQuery = chance.Next(4) == 0;
            for (var tricks = chance.Next(1, MostTricks + 1); tricks > 0; tricks--)
            {
                if (isQuery) query = chance.Pick(QueryTricks.All)(query ?? "", chance);
                else if (path.Length > 1) path = chance.Pick(PathTricks.All)(path, chance);
            }

            var spelling = Prefixed(start, ground, path, query);
            yield return chance.Next(12) > 0
                ? spelling
                : spelling with { Target = Prefix(chance.Pick(Prefixes), ground, chance) + spelling.Target[(ground.Name.Length + 1)..] };
        }
    }

    private static Spelling Prefixed(Spelling start, Ground ground, string path, string? query) =>
        start with { Target = $"/{ground.Name}{path}{(query is null ? "" : $"?{query}")}" };

    private static string Prefix(string pattern, Ground ground, Random chance)
    {
        var name = ground.Name;
        if (chance.Next(4) == 0) name = chance.Pick([name.ToUpperInvariant(), $"%{(int)name[0]:X2}{name[1..]}", $"{name[..^1]}%{(int)name[^1]:x2}", $"%25{(int)name[0]:X2}{name[1..]}"]);
        return string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, name, ground.Name == "open" ? "closed" : "open");
    }

    private static (string Path, string? Query) Apart(string target) =>
        target.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? (target[..at], target[(at + 1)..]) : (target, null);
}
