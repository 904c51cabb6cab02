using System.Globalization;
using System.Text;
using System.Text.Json;
using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd.Attacks;

/// <summary>One call that carries payloads wherever an agent can put a text.</summary>
internal sealed record HostileCall(byte[] Request, byte[] Body, IReadOnlyDictionary<string, string> Claims)
{
    /// <summary>What the agent says of its call; a reviewer reads it as text.</summary>
    private static readonly string[] ClaimNames = ["Reason", "Change", "Commit", "Prompt", "Session"];

    public static string[] Kinds { get; } = ["json", "form", "raw"];

    public static HostileCall Of(string kind, int number, IReadOnlyList<string> payloads, Key agent)
    {
        string At(int place) => payloads[place % payloads.Count];
        var query = string.Join('&', payloads.Select((payload, at) => at % 2 == 0 ? $"q{at}={Escaped(payload)}" : $"{Escaped(payload)}=1"));
        var claims = ClaimNames.Select((name, at) => (name, Payloads.InHeader(At(number + at)))).ToDictionary(pair => pair.name, pair => pair.Item2);
        List<(string, string)> headers =
        [
            ("Host", "proxy.example"), ("AiAccess-Token", agent.Text), ("X-Note", Payloads.InHeader(At(number + 5))), ("User-Agent", Payloads.InHeader(At(number + 6))),
            ("traceparent", Payloads.InHeader(At(number + 7))), ("tracestate", Payloads.InHeader(At(number + 8))), ("Accept-Language", Payloads.InHeader(At(number + 9))),
            ("Idempotency-Key", $"{number}-{kind}-{Payloads.InHeader(At(number + 10))}"), ("Referer", Payloads.InHeader(At(number + 11))),
            .. claims.Select(claim => ($"AiAccess-{claim.Key}", claim.Value)),
        ];
        var body = kind switch
        {
            "json" => Json(payloads, At(number)),
            "form" => Encoding.UTF8.GetBytes($"name={Escaped(At(number))}&" + string.Join('&', payloads.Select((payload, at) => $"f{at}={Escaped(payload)}"))),
            // Halves of surrogate pairs, torn characters and what is no text at all stand between them.
            _ => [.. payloads.SelectMany(payload => (byte[])[.. Encoding.UTF8.GetBytes(payload), 0xed, 0xa0, 0x80, 0xff, 0xc3])],
        };
        headers.Add(("Content-Type", kind switch { "json" => "application/json", "form" => "application/x-www-form-urlencoded", _ => "text/html" }));
        var line = string.Create(CultureInfo.InvariantCulture, $"POST /things/{kind}/{number}/{Payloads.InPath(At(number + 1))}?{query} HTTP/1.1");
        return new(RawAgent.Request(line, headers, body), body, claims);
    }

    private static string Escaped(string payload) => Uri.EscapeDataString(payload.Replace("\0", "", StringComparison.Ordinal));

    private static byte[] Json(IReadOnlyList<string> payloads, string name)
    {
        // As the agent writes it: nothing is escaped that need not be.
        var options = new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        var members = payloads.Select((payload, at) => $"{JsonSerializer.Serialize($"{at}{payload}", options)}: {JsonSerializer.Serialize(payload, options)}");
        return Encoding.UTF8.GetBytes($"{{\"name\": {JsonSerializer.Serialize(name, options)}, {string.Join(", ", members)}}}");
    }
}
