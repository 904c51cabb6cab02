using System.Buffers;
using System.Collections.Frozen;

namespace AiAccessProxy.Actions;

/// <summary>Refuses header fields that are malformed, or that come more often than once where only one can be meant.</summary>
internal static class FieldGuard
{
    // RFC 9110, 5.6.2: tchar.
    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly FrozenSet<string> Impossible = FrozenSet.ToFrozenSet(
        // HTTP_PROXY to servers in the manner of CGI, and then the proxy of what they call themselves (CVE-2016-5385).
        ["Proxy",
        // Counts the proxies of OPTIONS and TRACE (RFC 9110, 7.6.2). Who counts wants an answer of this one, which it has not.
         "Max-Forwards"],
        StringComparer.OrdinalIgnoreCase);

    public static Unclear? Of(IReadOnlyList<HeaderField> fields)
    {
        var single = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in fields)
        {
            if (OfText(field) is { } unclear) return unclear;
            if (Impossible.Contains(field.Name)) return new(Ambiguity.HeaderValue, $"{field.Name} is not forwarded: leave it out.");
            if (SingleFields.Contains(field.Name) && !single.Add(field.Name))
                return new(Ambiguity.HeaderValue, $"{field.Name} came more than once: some servers read the first, some the last, some both.");
        }

        return null;
    }

    private static Unclear? OfText(HeaderField field)
    {
        if (field.Name.Length == 0 || field.Name.AsSpan().ContainsAnyExcept(Token))
            return new(Ambiguity.HeaderText, "A header name holds a character that RFC 9110 does not allow.");
        foreach (var character in field.Value)
        {
            if (character is not ('\t' or (>= ' ' and <= '~')))
                return new(Ambiguity.HeaderText, $"The value of {field.Name} holds U+{(int)character:X4}: only visible ASCII, spaces and tabs are forwarded.");
        }

        // HTTP/1.1 takes it off on the way, HTTP/2 does not (RFC 9113, 8.2.1 forbids it): the upstream would read another value than the rules.
        return field.Value is [' ' or '\t', ..] or [.., ' ' or '\t']
            ? new(Ambiguity.HeaderText, $"The value of {field.Name} begins or ends with white space.")
            : null;
    }
}
