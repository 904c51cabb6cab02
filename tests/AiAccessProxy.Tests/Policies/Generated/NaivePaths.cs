using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace AiAccessProxy.Tests.Policies.Generated;

/// <summary>Patterns as regular expressions.</summary>
internal static class NaivePaths
{
    private static readonly ConcurrentDictionary<string, Regex> Expressions = new();

    /// <summary>Null when the path and the pattern differ by the last slash alone.</summary>
    public static bool? Matches(string pattern, string path)
    {
        if (Fits(pattern, path)) return true;
        return Variants(path).Any(variant => Fits(pattern, variant)) || Variants(pattern).Any(variant => Fits(variant, path)) ? null : false;
    }

    /// <summary>The value of <c>{x}</c> and where it begins; null when the pattern does not fit even so.</summary>
    public static (string Value, int Start)? Variable(string pattern, string path)
    {
        foreach (var (one, other) in Variants(path).Select(variant => (pattern, variant)).Concat(Variants(pattern).Select(variant => (variant, path))).Prepend((pattern, path)))
        {
            var match = Expressions.GetOrAdd(one, Expression).Match(other);
            if (match.Success) return (match.Groups["x"].Value, match.Groups["x"].Index);
        }

        return null;
    }

    private static bool Fits(string pattern, string path) => Expressions.GetOrAdd(pattern, Expression).IsMatch(path);

    // The root is no other path with a slash less.
    private static string[] Variants(string text) => text.Length > 1 && text.EndsWith('/') ? [text[..^1]] : [];

    private static Regex Expression(string pattern) => new(
        "^" + string.Concat(pattern[1..].Split('/').Select(segment => segment switch
        {
            "**" => "(?:/[^/]+)*(?:/(?=$))?",
            "*" => "/[^/]+",
            "{x}" => "/(?<x>[^/]+)",
            _ => "/" + Regex.Escape(segment),
        })) + "$",
        RegexOptions.CultureInvariant | RegexOptions.Compiled);
}
