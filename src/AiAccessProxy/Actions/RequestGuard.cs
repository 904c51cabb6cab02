using System.Buffers;
using Microsoft.Net.Http.Headers;

namespace AiAccessProxy.Actions;

/// <summary>Refuses heads that servers are known to read in different ways.</summary>
internal static class RequestGuard
{
    // RFC 9110, 5.6.2: tchar.
    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> MethodText = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ-");

    public static Unclear? OfMethod(string method)
    {
        // Forwarders send `delete` as DELETE: a method has one spelling here.
        if (method.Length == 0 || method[0] == '-' || method.AsSpan().ContainsAnyExcept(MethodText))
            return new(Ambiguity.Method, "The method has to be of capital letters and hyphens, as in DELETE.");
        return method is "CONNECT" or "TRACE" or "TRACK" ? new(Ambiguity.Method, $"{method} is not forwarded.") : null;
    }

    public static Unclear? OfField(HeaderField field)
    {
        if (field.Name.Length == 0 || field.Name.AsSpan().ContainsAnyExcept(Token))
            return new(Ambiguity.HeaderText, "A header name holds a character that RFC 9110 does not allow.");
        foreach (var character in field.Value)
        {
            if (character is not ('\t' or (>= ' ' and <= '~')))
                return new(Ambiguity.HeaderText, $"The value of {field.Name} holds U+{(int)character:X4}: only visible ASCII, spaces and tabs are forwarded.");
        }

        return null;
    }

    public static Unclear? OfFraming(IHeaderDictionary headers)
    {
        var coding = headers.TransferEncoding;
        if (coding.Count == 0) return null;
        // The server renames Content-Length when both come, and goes on (facts: RFC 9112, 6.1 calls that an attack).
        if (headers.ContentLength is not null || headers.ContainsKey("X-Content-Length"))
            return new(Ambiguity.Framing, "Transfer-Encoding and Content-Length together: send one of them.");
        return coding.Count == 1 && string.Equals(coding[0], "chunked", StringComparison.OrdinalIgnoreCase)
            ? null
            : new(Ambiguity.Framing, "Transfer-Encoding may be 'chunked' and nothing else.");
    }

    public static Unclear? OfUpgrade(IHeaderDictionary headers) =>
        headers.ContainsKey(HeaderNames.Upgrade) || headers.GetCommaSeparatedValues(HeaderNames.Connection).Contains("upgrade", StringComparer.OrdinalIgnoreCase)
            ? new(Ambiguity.Upgrade, "WebSocket and other upgrades are not forwarded: what goes through them cannot be decided call by call.")
            : null;
}
