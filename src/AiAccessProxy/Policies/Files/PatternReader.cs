using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Policies.Files;

/// <summary>Reads patterns of paths, and refuses those that could never match or that promise more than they do.</summary>
internal static class PatternReader
{
    private const string Remedy = "write segments, {name} or * for any one, ** for any number: /v1/users/{user}/**";

    public static PathPattern? Read(PolicySource source, Written written, bool ignoresCase)
    {
        var text = written.Text;
        if (Wrong(text) is { } wrong)
        {
            source.Report(written, $"{written.Told}: {wrong}", Remedy);
            return null;
        }

        return new(written.Node.Text, [.. text[1..].Split('/').Select(Segment)]) { IgnoresCase = ignoresCase };
    }

    private static string? Wrong(string text)
    {
        if (!text.StartsWith('/')) return "a path begins with '/'";
        var segments = text[1..].Split('/');
        if (segments.AsSpan(..^1).Contains("")) return "'//' is in no path that is let in";
        if (segments.Count(segment => segment == "**") > 1) return "'**' stands here twice";

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var segment in segments)
        {
            if (segment is "." or "..") return $"'{segment}' is in no path that is let in";
            if (segment is "*" or "**") continue;
            if (segment is ['{', .., '}'] && segment.Length > 2 && segment[1..^1].All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-'))
            {
                if (!names.Add(segment)) return $"{segment} stands here twice";
            }
            else if (segment.AsSpan().ContainsAny("{}"))
            {
                return "braces hold a name, and stand for a whole segment";
            }
            else if (segment.Contains('*'))
            {
                return "a star stands for a whole segment";
            }
            else if (segment.AsSpan().ContainsAny("%?#;\\"))
            {
                return "patterns are compared with the decoded path, whose %, ?, #, ; and \\ only {name} and * match";
            }
        }

        return null;
    }

    private static PatternSegment Segment(string text) => text switch
    {
        "*" => new PatternSegment.One(null),
        "**" => new PatternSegment.Rest(),
        ['{', .. var name, '}'] => new PatternSegment.One(name),
        _ => new PatternSegment.Literal(text),
    };
}
