using AiAccessProxy.Bypass.Grounds;
using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass.Spellings;

/// <summary>Spellings of header fields, without end: names and values that some server reads as others, and fields that take others away.</summary>
internal static class HeaderSpellings
{
    private static readonly string[] UrlHeaders =
    [
        "X-Original-URL", "X-Rewrite-URL", "X-Original-URI", "X-Forwarded-Uri", "X-Forwarded-Path", "X-Original-Path", "X-Override-URL", "X-Forwarded-URL",
        "x_original_url", "X_REWRITE_URL", "X-Original_URL", "x-original-url", "X-REWRITE-URL",
    ];

    private static readonly string[] Urls =
        ["/admin/users", "/ADMIN/users", "admin/users", "http://x.example/admin/users", "/admin/users?x=1", "//admin/users", "/v1/keys/root", "/%61dmin", "/public/../admin", "/v1/deploys"];

    // Not those that frame the body: a server waits for one that never comes, and the framing corpus has them.
    private static readonly string[] OwnNames =
        ["Connection", "connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Upgrade", "Host", "AiAccess-Token", "AiAccess-Reason", "HTTP2-Settings"];

    private static readonly Func<string, Random, string>[] NameTricks =
    [
        (name, _) => name.Replace('-', '_'),
        (name, _) => name.Replace('-', '_').ToUpperInvariant(),
        (name, _) => $"HTTP_{name.Replace('-', '_').ToUpperInvariant()}",
        (name, _) => name.ToUpperInvariant(),
        (name, chance) => name + chance.Pick(" ", "\t", "\0", "_", "-", "\xA0", ".", ":", "%20", "\v"),
        (name, chance) => chance.Pick(" ", "\t", "\0", "_", ":", "\xA0", "\xEF\xBB\xBF") + name,
        (name, _) => name.Replace("-", "--", StringComparison.Ordinal),
        (name, _) => name.Replace("-", "%2D", StringComparison.Ordinal),
        (name, _) => name.Replace('-', '.'),
        (name, _) => name.Replace("-", Tempting.Bytes("‐"), StringComparison.Ordinal),
        (name, _) => name,
    ];

    private static readonly Func<string, Random, string>[] ValueTricks =
    [
        (value, chance) => value + chance.Pick(",", ", ", ";", "\t", " ", "\0", "\x7F", "\xA0", ",x", ", staging", ";q=1", "\r\n\tx", "\r\n x", "\v", "%00", "\r", "\n"),
        (value, chance) => chance.Pick(",", "x,", "staging, ", "safe, ", "\t", "  ", "\0", "\"\",", "\xA0", "x;", "\r\n ", "\r\n\t", "\xEF\xBB\xBF") + value,
        (value, _) => $"\"{value}\"",
        (value, _) => value.ToUpperInvariant(),
        (value, _) => $"%{(int)value[0]:X2}{value[1..]}",
        (value, chance) => value.Insert(chance.Next(1, value.Length), chance.Pick("\0", "\\", "\xAD", "\t", " ")),
        (value, _) => $"=?utf-8?q?{value}?=",
        (value, _) => value,
    ];

    public static IEnumerable<Spelling> Of(Ground ground, Random chance)
    {
        var withFields = ground.Starts.Where(start => start.Headers.Count > 0).ToList();
        while (true)
        {
            var start = chance.Next(3) == 0 ? chance.Pick(ground.Starts) : chance.Pick(withFields);
            start = start with { Target = $"/{ground.Name}{start.Target}" };
            yield return start with { Headers = Spelt(start.Headers, chance) };
        }
    }

    private static List<(string Name, string Value)> Spelt(IReadOnlyList<(string Name, string Value)> headers, Random chance)
    {
        List<(string Name, string Value)> spelt = [.. headers];
        for (var tricks = chance.Next(1, 4); tricks > 0; tricks--)
        {
            var at = spelt.Count == 0 ? -1 : chance.Next(spelt.Count);
            switch (chance.Next(6))
            {
                case 0 when at >= 0:
                    spelt[at] = spelt[at] with { Name = chance.Pick(NameTricks)(spelt[at].Name, chance) };
                    break;
                case 1 when at >= 0 && spelt[at].Value.Length > 1:
                    spelt[at] = spelt[at] with { Value = chance.Pick(ValueTricks)(spelt[at].Value, chance) };
                    break;
                case 2 when at >= 0:
                    // A second one, in another spelling and with another value.
                    spelt.Insert(chance.Next(spelt.Count + 1), (chance.Pick(NameTricks)(spelt[at].Name, chance), Other(spelt[at].Value, chance)));
                    break;
                case 3:
                    spelt.Add((chance.Pick(UrlHeaders), chance.Pick(Urls)));
                    break;
                case 4 when at >= 0:
                    // Servers take away what Connection lists: what was matched may be gone when it arrives.
                    spelt.Add((chance.Pick("Connection", "connection", "CONNECTION"), chance.Pick("{0}", "close, {0}", "keep-alive,{0}", "{0}, x", ",{0}", "\"{0}\"", "{0};x").Replace("{0}", spelt[at].Name, StringComparison.Ordinal)));
                    break;
                default:
                    spelt.Add((chance.Pick(OwnNames), chance.Pick("x", "close", "0", "trailers", "chunked", "h2c", "100-continue", "identity", "5, 5", "websocket")));
                    break;
            }
        }

        return spelt;
    }

    private static string Other(string value, Random chance) => value switch
    {
        "production" => chance.Pick("staging", "", "production"),
        "staging" => chance.Pick("production", "", "staging, production"),
        "safe" => chance.Pick("force", "", "safe, force"),
        "force" => chance.Pick("safe", "", "safe, force"),
        _ => chance.Pick(value, "", "text/plain", "application/json", "application/json; charset=utf-16"),
    };
}
