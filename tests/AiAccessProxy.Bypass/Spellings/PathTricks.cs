namespace AiAccessProxy.Bypass.Spellings;

/// <summary>Ways of writing a path so that some server takes it for another one. Each gets the path, without its query, and a source of chance.</summary>
internal static class PathTricks
{
    private static readonly string[] Ends =
    [
        "/", "//", "/.", "/./", "/..", "/../", "%2F", "%2f", "\\", "%5C", "%5c", ";", ";x", ";x=y", ";/", "/;", "/;x", "%3B", "%3bx", "%00", "%00.json", "\0",
        "%20", "%09", "%0a", "%0D%0A", ".", "%2e", "%2E%2E", "..", "#", "#x", "%23", "%3F", "%3f", "?", "??", "&", "%26", "*", "%2A", "~", "%7E", ".json", ".html",
        "/*", "/%2e", "/%2e%2e", "/..;/", "/.;/", "/%20", "%c0%af", "%e0%80%af", "%u002f", "%252f", "%25", "%", "%2", "%zz", " ", "\t", "\xA0", "%A0", "%ff", "=", ",", "!", "|", "^",
    ];

    private static readonly string[] Ups = ["..", "%2e%2e", "%2E.", ".%2e", "..;", "..;x=y", "..%00", "..%20", "%252e%252e", "%c0%ae%c0%ae", "%u002e%u002e", "．．", "..%09", "...", "..\\..", "%2e%2e;"];

    private static readonly string[] Slashes =
        ["//", "/./", "/%2e/", "%2F", "%2f", "\\", "%5C", "%5c", "/\\", "\\/", "%252F", "%252f", "%25252f", "/;/", "/;x/", ";/", ";x=y/", "%3B/", "/%20/", "%c0%af", "%e0%80%af", "%u2215", "／", "%ef%bc%8f", "///", "/%00/", "%00/", "/%2F", "%2F/", "\t/"];

    private static readonly Dictionary<char, string[]> Alikes = new()
    {
        ['s'] = ["ſ", "%C5%BF", "ｓ", "Ｓ"],
        ['k'] = ["K", "%E2%84%AA", "ｋ"],
        ['i'] = ["ı", "İ", "%C4%B1", "%C4%B0", "ｉ"],
        ['a'] = ["ａ", "Ａ", "%EF%BD%81"],
        ['o'] = ["ｏ", "%EF%BD%8F"],
        ['r'] = ["ｒ", "%EF%BD%92"],
        ['m'] = ["ｍ"],
        ['d'] = ["ｄ"],
        ['e'] = ["ｅ"],
        ['p'] = ["ｐ"],
        ['v'] = ["ｖ"],
        ['1'] = ["１", "¹"],
    };

    public static IReadOnlyList<Func<string, Random, string>> All { get; } =
    [
        (path, chance) => At(path, chance, one => Escape(one, chance.Next(2) == 0)),
        (path, chance) => At(path, chance, one => Escape(one, chance.Next(2) == 0)),
        (path, _) => string.Concat(path.Select(one => one == '/' ? "/" : Escape(one, true))),
        (path, chance) => At(path, chance, one => $"%25{(int)one:X2}"),
        (path, chance) => At(path, chance, one => $"%25{(int)one:x2}"),
        (path, chance) => At(path, chance, one => $"%2525{(int)one:X2}"),
        (path, chance) => At(path, chance, one => $"%u{(int)one:x4}"),
        (path, chance) => At(path, chance, one => $"%{0xC0 | (one >> 6):x2}%{0x80 | (one & 0x3F):x2}"),
        (path, chance) => At(path, chance, one => $"{(char)(0xC0 | (one >> 6))}{(char)(0x80 | (one & 0x3F))}"),
        (path, chance) => At(path, chance, one => $"%{0xE0:x2}%{0x80 | (one >> 6):x2}%{0x80 | (one & 0x3F):x2}"),
        (path, chance) => At(path, chance, Flip),
        (path, chance) => At(path, chance, Flip),
        (path, _) => path.ToUpperInvariant(),
        (path, chance) => string.Concat(path.Select(one => chance.Next(2) == 0 ? Flip(one) : $"{one}")),
        (path, chance) => At(path, chance, one => Alikes.TryGetValue(one, out var alike) ? Tempting.Bytes(chance.Pick(alike)) : Flip(one)),
        (path, chance) => AtSlash(path, chance, Tempting.Bytes(chance.Pick(Slashes))),
        (path, chance) => AtSlash(path, chance, Tempting.Bytes(chance.Pick(Slashes))),
        (path, chance) => AtSlash(path, chance, Tempting.Bytes(chance.Pick(Slashes))),
        (path, _) => path.Replace("/", "//", StringComparison.Ordinal),
        (path, _) => $"/{path[1..].Replace("/", "%2F", StringComparison.Ordinal)}",
        (path, _) => $"/{path[1..].Replace("/", "%252F", StringComparison.Ordinal)}",
        (path, _) => $"/{path[1..].Replace('/', '\\')}",
        (path, chance) => path + chance.Pick(Ends),
        (path, chance) => path + chance.Pick(Ends),
        (path, chance) => path + chance.Pick(Ends),
        (path, chance) => AtSlash(path, chance, $"/{chance.Pick(["x", "public", "v1", "%78"])}/{Tempting.Bytes(chance.Pick(Ups))}/"),
        (path, chance) => AtSlash(path, chance, $"/{chance.Pick(["x", "public", "v1", "%78"])}/{Tempting.Bytes(chance.Pick(Ups))}/"),
        (path, chance) => $"/{chance.Pick(["x", "public", "public/a", "v1/users"])}{Repeat($"/{Tempting.Bytes(chance.Pick(Ups))}", chance.Next(1, 3))}{path}",
        (path, chance) => $"/public/{Tempting.Bytes(chance.Pick(Ups))}/admin/users",
        (path, chance) => Inserted(path, chance, chance.Pick(["%00", "\0", " ", "\t", "%20", "%0A", "%0d%0a", "\x7F", "%7F", "%C2%AD", "%E2%80%8B", "%EF%BB%BF", "\xAD", "\x80", "<", "\"", "%22", "{", "}", "`", "[", "%5B"])),
        (path, chance) => Inserted(path, chance, chance.Pick(["%", "%%", "%2", "%G0", "%-1", "% 2", "%0", "%2%66"])),
        (path, chance) => chance.Pick(["/", "//", "/./", "/../", "/%2e/", "/;/", "/;x", "\\", "/\\", "/%5C", "/%2F", "//x", "///"]) + path[1..],
        (path, chance) => Renamed(path, chance),
    ];

    private static string Escape(char one, bool upper) => upper ? $"%{(int)one:X2}" : $"%{(int)one:x2}";

    private static string Flip(char one) => $"{(char.IsAsciiLetterLower(one) ? char.ToUpperInvariant(one) : char.ToLowerInvariant(one))}";

    private static string At(string path, Random chance, Func<char, string> change)
    {
        var places = path.Index().Where(one => one.Item is not ('/' or '%')).Select(one => one.Index).ToList();
        if (places.Count == 0) return path;
        var at = chance.Pick(places);
        return path[..at] + change(path[at]) + path[(at + 1)..];
    }

    private static string AtSlash(string path, Random chance, string instead)
    {
        var places = path.Index().Where(one => one.Item == '/').Select(one => one.Index).ToList();
        if (places.Count == 0) return path;
        var at = chance.Pick(places);
        return path[..at] + instead + path[(at + 1)..];
    }

    private static string Inserted(string path, Random chance, string text) => path.Insert(chance.Next(1, path.Length + 1), text);

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    /// <summary>Another name in place of a variable: what is data to the policy is a way up, or two segments, to somebody.</summary>
    private static string Renamed(string path, Random chance)
    {
        var segments = path.Split('/');
        if (segments.Length < 2) return path;
        var at = chance.Next(1, segments.Length);
        segments[at] = Tempting.Bytes(chance.Pick(["..", "a%2Fb", "a%2F..%2F..", "..%2f", "a;b", "a%5Cb", "%2e", "a%252fb", "%00", "a%00b", "", "a//b", "a\\b", "-", "_", "@me", "a,b", "a:b", "*", "$x", "(x)", "'x'", "a b", "a+b", "%20", "a%20b", "%E2%82%AC", "ä"]));
        return string.Join('/', segments);
    }
}
