using System.Text;
using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass.Fuzz;

/// <summary>Calls made from the pieces that requests consist of: most of them sound, some of them what servers stumble over.</summary>
internal static class Grammar
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "LIST", "PROPFIND", "get", "Delete", "TRACE", "G ET", "POST_", "", "-", "M-SEARCH"];

    private static readonly string[] Segments =
    [
        "admin", "users", "public", "v1", "charges", "ch_1", "refunds", "repos", "acme", "prod", "orgs", "memberships", "bob", "jobs", "7", "deploys", "keys", "root",
        "transfers", "search", "files", "content", "$batch", "_bulk", "graphql", "", ".", "..", "%2e", "%2E%2e", "a%2Fb", "..%2f", "%5c", "a%5Cb", "%00", "%0A", "%25", "%252e", "%2561dmin",
        ";x=1", "admin;a", "%3B", "ADMIN", "Admin", "adm%69n", "%61dmin", "~", "%7Eada", "a:b", "@me", "a%3Ab", "%40", "%C3%A9", "%c3%a9", "%C0%AF", "%ED%A0%80", "%EF%BC%8F", "ａ", "\\", "a|b", "{x}",
        "[0]", "%5B0%5D", "*", "%2A", "...", "%E2%80%AE", "%zz", "%", "%4", "x.json", "(a=1)", "'q'", "a,b", "a+b", "%2B", " ", "\t", "#", "%23", "%3F", "\u00FF", "\0",
    ];

    private static readonly string[] Names =
        ["force", "scope", "q", "_method", "_HttpMethod", "a", "FORCE", "fo%72ce", "match[]", "$filter", "", "a.b", "%66orce", "scope%00", "Scope", "x%5B%5D"];

    private static readonly string[] Values =
        ["true", "false", "own", "all", "", "1", "TRUE", "tru%65", "own&scope=all", "%00", "a+b", "%2B", "own;scope=all", "%C3%A9", "%FF", "{}", "a|b", "DELETE", "%26", "true%20", "\"x\"", "`", "^", "\\", "%u0061"];

    private static readonly string[] Headers =
    [
        "X-Mode: safe", "X-Mode: force", "X-Mode: safe, force", "X_Mode: force", "x-env: production", "X-Env: staging", "X-HTTP-Method-Override: DELETE", "X-Original-URL: /admin/users",
        "X-Forwarded-For: 10.0.0.1", "Connection: close, X-Mode", "Connection: keep-alive", "Accept: */*", "Accept-Encoding: gzip, br", "Cookie: a=b; c=d", "Cookie: e=f", "Authorization: Bearer x",
        "AiAccess-Reason: because", "AiAccess-Reasn: x", "AiAccess_Token: x", "Prefer: respond-async, wait=3", "Prefer: wait=\"", "Idempotency-Key: k", "Expect: 100-continue", "TE: trailers",
        "Trailer: X-Mode", "Upgrade: websocket", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked", "Content-Length: 5", "Content-Type: application/json", "Content-Type: text/json; charset=utf-16",
        "Content-Type: application/x-www-form-urlencoded", "Content-Type: multipart/form-data; boundary=x", "Content-Type: multipart/mixed; boundary=\"x\"", "Content-Type: ;;;", "Content-Type: application/json;charset",
        "Content-Encoding: gzip", "Content-Encoding: br, deflate", "Content-Encoding: identity", "Range: bytes=0-1", "If-Match: \"a\"", "X-A: \u00E9", "X-A: a\tb", "X-A:", "Host: other.example", "X-Forwarded-Host: a, b",
        "traceparent: 00-0-0-0", "Proxy-Authorization: x", "Keep-Alive: timeout=5", "Content-Location: /admin", "X-Rewrite-Url: /admin", "Forwarded: for=1;host=x", "X.Mode: force", "X-Mode : force", "HTTP2-Settings: AAA", "Via: 1.1 x",
    ];

    private static readonly string[] Bodies =
    [
        "{\"amount\":5,\"to\":\"x\"}", "{\"amount\":20000}", "{\"amount\":5,\"amount\":20000}", "{\"amount\":5,\"Amount\":20000}", "{\"amount\":5,\"\\u0061mount\":20000}", "{\"amount\":1e400}", "{\"amount\":\"5\"}",
        "{\"amount\":5}{\"amount\":20000}", "{\"amount\":5}//x", "{\"amount\":5,}", "[{\"amount\":5}]", "{}", "", " ", "null", "{\"a\":\"\\ud800\"}", "{\"\\ud800\":1}", "{\"amount\":5,\"x\":[[[[[[[[[[]]]]]]]]]]}", "\u00EF\u00BB\u00BF{\"amount\":5}",
        "{\"amount\":-0}", "{\"amount\":0005}", "{\"amount\":NaN}", "a=b&amount=5", "_method=DELETE", "amount=5&amount=20000", "--x\r\nContent-Disposition: form-data; name=\"amount\"\r\n\r\n5\r\n--x--\r\n", "--x\r\n\r\n--x--", "--x",
        "{\"query\":\"{a b}\"}", "[{\"jsonrpc\":\"2.0\",\"method\":\"a\"},{\"jsonrpc\":\"2.0\",\"method\":\"b\"}]", "{\"query\":\"mutation {a:x b:y}\"}", "\u00FF\u00FE{\0", "\x1F\x8B\b\0", "{\"amount\":5,\"to\":\"\u00FF\"}", "\"\\", "{\"amount\"", "tru",
    ];

    /// <summary>Of the fields that calls are made with.</summary>
    public static IReadOnlySet<string> HeaderNames { get; } =
        Headers.Select(header => header.Split(':', 2)[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);

    public static Spelling Call(Random chance)
    {
        if (chance.Next(3) == 0) return Pick(FuzzGround.Starts, chance);
        var target = new StringBuilder($"/{Pick(FuzzGround.All, chance).Name}");
        for (var left = chance.Next(6); left > 0; left--) target.Append('/').Append(Segment(chance));
        for (var at = 0; at < chance.Next(4); at++)
            target.Append(at == 0 ? '?' : '&').Append(Pick(Names, chance)).Append(chance.Next(5) == 0 ? "" : "=").Append(Pick(Values, chance));
        var headers = Enumerable.Range(0, chance.Next(4)).Select(_ => Header(chance)).ToList();
        return new(chance.Next(4) == 0 ? Pick(Methods, chance) : Methods[chance.Next(5)], target.ToString(), headers, chance.Next(2) == 0 ? null : Body(chance));
    }

    public static string Segment(Random chance) => Bytes(Pick(Segments, chance));

    public static (string Name, string Value) Header(Random chance)
    {
        var header = Pick(Headers, chance).Split(':', 2);
        return (header[0], header[1].TrimStart());
    }

    public static byte[] Body(Random chance) => Encoding.Latin1.GetBytes(Bytes(Pick(Bodies, chance)));

    public static string Method(Random chance) => Pick(Methods, chance);

    public static T Pick<T>(IReadOnlyList<T> from, Random chance) => from[chance.Next(from.Count)];

    private static string Bytes(string text) => text.Any(character => character > '\u00FF') ? Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text)) : text;
}
