using AiAccessProxy.Bypass.Grounds;
using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass.Spellings;

/// <summary>Spellings of methods, without end: in the request line, in headers, in queries and in forms that ask for another one.</summary>
internal static class MethodSpellings
{
    private static readonly string[] Methods =
        ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "TRACK", "MERGE", "MOVE", "COPY", "PROPPATCH", "MKCOL", "PURGE", "QUERY", "LINK", "M-SEARCH", "PRI"];

    private static readonly string[] Overrides =
        ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "x-http-method-override", "X_HTTP_METHOD_OVERRIDE", "X-Http_Method-Override", "X-HTTP-METHOD", "X_Method_Override"];

    private static readonly Func<string, Random, string>[] Tricks =
    [
        (method, _) => method.ToLowerInvariant(),
        (method, _) => $"{method[0]}{method[1..].ToLowerInvariant()}",
        (method, chance) => string.Concat(method.Select(one => chance.Next(2) == 0 ? char.ToLowerInvariant(one) : one)),
        (method, chance) => chance.Pick([" ", "\t", "\0", "\v", "\r", "%20", "_", "-", "X-", "/", "\xA0", "\xEF\xBB\xBF", "GET ", "GET,", "GET\t", "!"]) + method,
        (method, chance) => method + chance.Pick(["\t", "\0", "\v", "%00", "%20", "_", "-", "/", "\xA0", " /", ",GET", ";x", "\x7F", "!", "S", "?"]),
        (method, _) => method.Replace("S", Tempting.Bytes("ſ"), StringComparison.Ordinal).Replace("E", Tempting.Bytes("Ｅ"), StringComparison.Ordinal),
        (method, chance) => method.Insert(chance.Next(method.Length), chance.Pick(["\0", " ", "\t", "-", "%", "\xAD", "\x01"])),
        (method, chance) => method.Replace($"{method[0]}", $"%{(int)chance.Pick(method[0], method[^1]):X2}", StringComparison.Ordinal),
        (method, _) => method,
    ];

    public static IEnumerable<Spelling> Of(Ground ground, Random chance)
    {
        while (true)
        {
            var start = chance.Pick(ground.Starts);
            start = start with { Target = $"/{ground.Name}{start.Target}" };
            var method = chance.Pick(Methods);
            var spelt = chance.Pick(Tricks)(method, chance);
            yield return chance.Next(5) switch
            {
                0 or 1 => start with { Method = spelt },
                2 => start with { Headers = [.. start.Headers, (chance.Pick(Overrides), spelt.Replace("\r", "", StringComparison.Ordinal))] },
                3 => start with { Target = Asking(start.Target, chance, method) },
                _ => start with
                {
                    Headers = [("Content-Type", chance.Pick("application/x-www-form-urlencoded", "Application/X-WWW-Form-Urlencoded; charset=UTF-8", "application/x-www-form-urlencoded;"))],
                    Body = [.. $"{chance.Pick("_method", "%5Fmethod", "_METHOD", "a=b&_method", "_method=GET&_method", "+_method")}={spelt}".Select(one => (byte)one)],
                },
            };
        }
    }

    private static string Asking(string target, Random chance, string method)
    {
        var joint = target.Contains('?', StringComparison.Ordinal) ? chance.Pick("&", ";", "&a=b&") : "?";
        return $"{target}{joint}{chance.Pick("_method", "%5Fmethod", "_m%65thod", "_METHOD", "_Method", "_method%00", "%255Fmethod")}={chance.Pick(method, method.ToLowerInvariant(), $"%{(int)method[0]:X2}{method[1..]}")}";
    }
}
