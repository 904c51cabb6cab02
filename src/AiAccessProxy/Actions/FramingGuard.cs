using Microsoft.Net.Http.Headers;

namespace AiAccessProxy.Actions;

/// <summary>Refuses requests of which it cannot be told for sure where they end, or what becomes of the connection after them.</summary>
internal static class FramingGuard
{
    public static Unclear? Of(HttpRequest request)
    {
        var headers = request.Headers;
        return OfCoding(request) ?? OfUpgrade(headers) ?? OfConnection(headers) ?? OfExpectation(headers);
    }

    /// <summary>
    /// RFC 9110, 9.3.1: content of a GET means nothing, and servers exist that leave it on the connection, where it is the next request.
    /// </summary>
    public static IEnumerable<Unclear> OfBody(string method, bool hasBody) => hasBody && method is ("GET" or "HEAD" or "OPTIONS")
        ? [new(Ambiguity.UnexpectedBody, $"{method} with a body: servers that do not read it take it for another request. Send none, or use POST.")]
        : [];

    private static Unclear? OfCoding(HttpRequest request)
    {
        var headers = request.Headers;
        var coding = headers.TransferEncoding;
        if (coding.Count == 0) return null;
        // RFC 9112, 6.1: who speaks 1.0 does not know the field, and some server on the way may not either.
        if (request.Protocol == HttpProtocol.Http10) return new(Ambiguity.Framing, "Transfer-Encoding is not of HTTP/1.0: send Content-Length.");
        // The server renames Content-Length when both come, and goes on; RFC 9112, 6.1 calls that an attack.
        if (headers.ContentLength is not null || headers.ContainsKey("X-Content-Length"))
            return new(Ambiguity.Framing, "Transfer-Encoding and Content-Length together: send one of them.");
        return coding.Count == 1 && string.Equals(coding[0], "chunked", StringComparison.OrdinalIgnoreCase)
            ? null
            : new(Ambiguity.Framing, "Transfer-Encoding may be 'chunked' and nothing else.");
    }

    private static Unclear? OfUpgrade(IHeaderDictionary headers) =>
        headers.ContainsKey(HeaderNames.Upgrade) || headers.GetCommaSeparatedValues(HeaderNames.Connection).Contains("upgrade", StringComparer.OrdinalIgnoreCase)
            ? new(Ambiguity.Upgrade, "WebSocket and other upgrades are not forwarded: what goes through them cannot be decided call by call.")
            : null;

    /// <remarks>
    /// Of <c>Connection: close, X-A</c> the server leaves <c>close</c> alone, so this does not see it. <c>X-A</c> is then a field like any other:
    /// matched, digested and forwarded, so that nobody is shown anything else than what is sent.
    /// </remarks>
    private static Unclear? OfConnection(IHeaderDictionary headers) =>
        Array.Exists(headers.GetCommaSeparatedValues(HeaderNames.Connection), option =>
            !option.Equals("close", StringComparison.OrdinalIgnoreCase) && !EndToEnd.Ends(option))
            ? new(Ambiguity.HeaderValue, "Connection lists a header to be taken out on the way: leave that header out instead.")
            : null;

    private static Unclear? OfExpectation(IHeaderDictionary headers) =>
        headers.Expect.Count == 0 || (headers.Expect.Count == 1 && string.Equals(headers.Expect[0], "100-continue", StringComparison.OrdinalIgnoreCase))
            ? null
            : new(Ambiguity.HeaderValue, "Expect may be '100-continue' and nothing else.");
}
