using AiAccessProxy.Actions;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Policies.Indexing;

/// <summary>Draws rules about paths, and targets that are those paths in the spellings that servers are known to take for them.</summary>
internal sealed class DrawnPaths(Random random)
{
    private static readonly string[] Literals =
    [
        "a", "b", "v1", "users", "Users", "admin", "roles", "admin.json", "a.b", "v1.0", "x-y_z", ".x", "a b", "+a", "a+", "café", "ﬁle", "kilo", "ß", "a.b.xml", "@me", "~", "1.",
    ];

    private static readonly string[] Tails = [".json", ".XML", ".x", ".tar.gz", ".", "%20", "+", ";v=1", "%3Bv", "%2Fa", "%5Cb", "%252Fa", "%25", "%3Fq", "%23", "\u00AD", "\u0301", "\uFF0Fa"];

    private static readonly string[] Heads = ["%20", "+", "\u00AD", "a%2F", "b%5C", ";", "//"];

    private static readonly (string Of, string By)[] LookAlikes = [("a", "\uFF41"), ("k", "\u212A"), ("s", "\u017F"), ("fi", "\uFB01"), ("i", "\u0131"), ("1", "\u00B9"), ("a", "%2561"), ("e", "\u00E9")];

    private static readonly string[] Kinds = ["encoded-slash", "encoded-backslash", "double-encoding", "empty-segment", "path-parameter"];

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "DELETE"];

    /// <summary>A route of some rules, and the patterns that stand in them.</summary>
    public (PolicySnapshot Policy, IReadOnlyList<string> Patterns, string Yaml) Policy()
    {
        var patterns = new List<string>();
        var rules = string.Join('\n', Enumerable.Range(0, random.Next(1, 8)).Select(at => Rule($"r{at}", patterns)));
        var more = $"{Accepted()}\napproval: {{ need: [{{ from: [group:security] }}] }}\n" + (Maybe(4) ? "path_case: insensitive" : "");
        return (Some.Policy(rules, more), patterns, $"{more}\n{rules}");
    }

    /// <summary>Null when it has no reading at all.</summary>
    public ApiAction? Call(IReadOnlyList<string> patterns)
    {
        var pattern = Maybe(5) || patterns.Count == 0 ? Pattern() : One([.. patterns]);
        var segments = pattern[1..].Split('/').SelectMany(Filled).ToList();
        for (var times = random.Next(4); times > 0 && segments.Count > 0; times--)
        {
            var at = random.Next(segments.Count);
            segments[at] = Spelt(segments[at]);
        }

        var raw = "/" + string.Join('/', segments) + (Maybe(6) ? "/" : "") + (Maybe(8) ? "?x=/a" : "");
        return CanonicalTarget.Read(raw) is TargetReading.Read { Target: var target }
            ? new(new(One(Methods), target, [], Claims.None) { Doubts = target.Doubts }, new ActionBody.None())
            : null;
    }

    private string Rule(string id, List<string> patterns)
    {
        string[] own = [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Pattern())];
        patterns.AddRange(own);
        var paths = $"paths: [{string.Join(", ", own.Select(path => $"\"{path}\""))}]";
        var methods = Maybe(2) ? $"methods: [{One(Methods)}, {One(Methods)}], " : "";
        var match = random.Next(10) switch
        {
            0 => $"any: [{{ {paths} }}, {{ {methods}paths: [\"/**/b\"] }}]",
            1 => $"{methods}not: {{ {paths} }}",
            2 => $"paths: [\"/**\"], except: {{ {methods}{paths} }}",
            3 => $"{methods}all: [{{ {paths} }}]",
            _ => $"{methods}{paths}",
        };
        var effect = One("allow", "deny", "require_approval");
        return $"- {{ id: {id}, effect: {effect}, match: {{ {match} }}{(Accepted() is { Length: > 0 } accept ? $", {accept}" : "")} }}";
    }

    private string Accepted() => Maybe(2) ? "" : $"accept: [{string.Join(", ", random.GetItems(Kinds, random.Next(1, 4)).Distinct())}]";

    private string Pattern()
    {
        var rest = random.Next(8);
        var segments = Enumerable.Range(0, random.Next(0, 5)).Select(at => at == rest ? "**" : random.Next(5) == 0 ? "*" : One(Literals)).ToList();
        return "/" + string.Join('/', segments) + (segments.Count > 0 && segments[^1] != "**" && Maybe(6) ? "/" : "");
    }

    private string[] Filled(string segment) => segment switch
    {
        "**" => [.. Enumerable.Range(0, random.Next(3)).Select(_ => Escaped(One(Literals)))],
        "*" => [Escaped(One(Literals))],
        _ => [Escaped(segment)],
    };

    // What needs no escape is refused with one.
    private static string Escaped(string text) => Uri.EscapeDataString(text).Replace("%2B", "+", StringComparison.Ordinal).Replace("%40", "@", StringComparison.Ordinal);

    private string Spelt(string text) => random.Next(7) switch
    {
        0 => text.Contains('%') ? text : text.ToUpperInvariant(),
        1 => text.Contains('%') ? text : text.ToLowerInvariant(),
        2 => One(Heads) is var head ? Ascii(head) + text : text,
        3 when LookAlikes[random.Next(LookAlikes.Length)] is var (of, by) => text.Contains('%') ? text : text.Replace(of, Ascii(by), StringComparison.Ordinal),
        4 when text.LastIndexOf('.') is > 0 and var dot => text[..dot],
        5 => "",
        _ => text + Ascii(One(Tails)),
    };

    private static string Ascii(string text) => string.Concat(text.Select(character => char.IsAscii(character) ? $"{character}" : Uri.EscapeDataString($"{character}")));

    private bool Maybe(int of) => random.Next(of) == 0;

    private string One(params string[] of) => of[random.Next(of.Length)];
}
