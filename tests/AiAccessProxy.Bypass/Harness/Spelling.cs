using System.Globalization;
using System.Text;

namespace AiAccessProxy.Bypass.Harness;

/// <summary>
/// A call as an adversary writes it, for either version of HTTP. Texts are Latin-1: a character for each byte, and none is checked, so that
/// anything may stand anywhere.
/// </summary>
/// <param name="Target">What stands between method and version, or in <c>:path</c>; the route's prefix is part of it.</param>
internal sealed record Spelling(string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[]? Body = null)
{
    /// <summary>Tells the upstream's requests apart. No model gives it a meaning.</summary>
    public const string CaseHeader = "X-Case";

    public static Spelling Of(string method, string target, params (string Name, string Value)[] headers) => new(method, target, headers);

    /// <summary>A whole HTTP/1.1 request; with a body, and no framing among the headers, it has a Content-Length.</summary>
    public byte[] OverHttp1(Key agent, string number)
    {
        var head = new StringBuilder($"{Method} {Target} HTTP/1.1\r\nHost: api.example\r\nAiAccess-Token: {agent.Text}\r\n{CaseHeader}: {number}\r\n");
        foreach (var (name, value) in Headers) head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        if (Body is not null && !IsFramed) head.Append(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}\r\n");
        return [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. Body ?? []];
    }

    /// <summary>The field section of an HTTP/2 request. Names are in lower case, as the version wants it: what else stands in them stays.</summary>
    public IReadOnlyList<(string Name, string Value)> OverHttp2(Key agent, string number) =>
    [
        (":method", Method), (":scheme", "https"), (":authority", "api.example"), (":path", Target),
        ("aiaccess-token", agent.Text), (CaseHeader.ToLowerInvariant(), number),
        .. Headers.Select(field => (field.Name.ToLowerInvariant(), field.Value)),
    ];

    public override string ToString()
    {
        var text = new StringBuilder($"{Method} {Target}");
        foreach (var (name, value) in Headers) text.Append(CultureInfo.InvariantCulture, $" | {name}: {value}");
        if (Body is not null) text.Append(CultureInfo.InvariantCulture, $" | {Encoding.Latin1.GetString(Body)}");
        return string.Concat(text.ToString().Select(character => character is >= ' ' and <= '~' ? $"{character}" : $"\\x{(int)character:X2}"));
    }

    private bool IsFramed => Headers.Any(header => header.Name is "Content-Length" or "Transfer-Encoding");
}
