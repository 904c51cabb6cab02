using System.Buffers;

namespace AiAccessProxy.Actions.Bodies;

/// <summary>
/// A value with parameters, as in <c>Content-Type</c> (RFC 9110, 5.6.6), in the one spelling that all readers of such fields agree on.
/// </summary>
/// <param name="Value">As written.</param>
/// <param name="Parameters">By name in lower case, each once, without quotes.</param>
internal sealed record ParameterizedValue(string Value, IReadOnlyDictionary<string, string> Parameters)
{
    // RFC 9110, 5.6.2.
    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> TokenOrSlash =
        SearchValues.Create("/!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>
    /// Null when <paramref name="text"/> is spelled as some readers would take for something else: a parameter twice, a backslash or a
    /// semicolon in quotes, a quote that is not closed, anything that stands around the parameters.
    /// </summary>
    public static ParameterizedValue? Read(string text)
    {
        var rest = text.AsSpan().Trim(" \t");
        var value = Take(ref rest, TokenOrSlash);
        if (value.Length == 0) return null;

        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        while (true)
        {
            rest = rest.TrimStart(" \t");
            if (rest.Length == 0) return new(value, parameters);
            if (rest[0] != ';') return null;
            rest = rest[1..].TrimStart(" \t");
            var name = Take(ref rest, Token);
            if (name.Length == 0 || rest is not ['=', ..]) return null;
            rest = rest[1..];
            if (Parameter(ref rest) is not { } written || !parameters.TryAdd(name.ToLowerInvariant(), written)) return null;
        }
    }

    private static string? Parameter(ref ReadOnlySpan<char> rest)
    {
        if (rest is not ['"', ..]) return Take(ref rest, Token) is { Length: > 0 } token ? token : null;
        var end = rest[1..].IndexOf('"');
        if (end < 0) return null;
        var quoted = rest.Slice(1, end);
        rest = rest[(end + 2)..];
        foreach (var character in quoted)
        {
            if (character is '\\' or ';' || char.IsControl(character)) return null;
        }

        return quoted.ToString();
    }

    private static string Take(ref ReadOnlySpan<char> rest, SearchValues<char> allowed)
    {
        var end = rest.IndexOfAnyExcept(allowed);
        var taken = (end < 0 ? rest : rest[..end]).ToString();
        rest = rest[taken.Length..];
        return taken;
    }
}
