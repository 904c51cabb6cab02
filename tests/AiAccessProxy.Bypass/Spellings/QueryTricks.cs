namespace AiAccessProxy.Bypass.Spellings;

/// <summary>Ways of writing a query so that some server reads other parameters in it. Each gets what follows the first <c>?</c>.</summary>
internal static class QueryTricks
{
    private static readonly (string Name, string Value)[] Secrets = [("force", "true"), ("scope", "all"), ("scope", "own"), ("_method", "DELETE"), ("force", "false")];

    private static readonly string[] Joints = ["&", ";", "&&", "&;", "%26", "%3B", "&amp;", "?", "#", "%23", "&x=", "%00", "%0a", "\\&", " ", "%20", "+", ",", "|", "&=&", "&?"];

    public static IReadOnlyList<Func<string, Random, string>> All { get; } =
    [
        (query, chance) => query + chance.Pick(Joints) + Secret(chance),
        (query, chance) => Secret(chance) + chance.Pick(Joints) + query,
        (query, chance) => query + "&" + Secret(chance),
        (query, chance) => Secret(chance) + "&" + query,
        (query, chance) => Escaped(query, chance, one => $"%{(int)one:X2}"),
        (query, chance) => Escaped(query, chance, one => $"%{(int)one:x2}"),
        (query, chance) => Escaped(query, chance, one => $"%25{(int)one:X2}"),
        (query, chance) => Escaped(query, chance, one => $"%u00{(int)one:x2}"),
        (query, chance) => Escaped(query, chance, one => $"%{0xC0 | (one >> 6):x2}%{0x80 | (one & 0x3F):x2}"),
        (query, chance) => Escaped(query, chance, one => $"{(char.IsAsciiLetterLower(one) ? char.ToUpperInvariant(one) : char.ToLowerInvariant(one))}"),
        (query, chance) => Escaped(query, chance, one => one switch { 's' => "%C5%BF", 'k' => "%E2%84%AA", 'o' => "%EF%BD%8F", _ => $"%{(int)one:X2}" }),
        (query, _) => query.Replace('&', ';'),
        (query, _) => query.Replace("=", "%3D", StringComparison.Ordinal),
        (query, chance) => query.Replace("=", chance.Pick(["[]=", "[0]=", "%00=", "=%00", "==", "=+", "=%20", "%20=", "+=", "=\t", ".x=", "=%0a", "%5B%5D="]), StringComparison.Ordinal),
        (query, chance) => query + chance.Pick(["%00", "%20", "+", "#", "#x", "%", "%2", "%zz", "&", ";", "\0", "%0a", "%ff", "\xFF", "%C0%80", "?", "/", "/../", "\\"]),
        (query, chance) => chance.Pick(["?", "&", ";", "%3F", "#", "%20", "+", "/", "%26", "="]) + query,
    ];

    private static string Secret(Random chance)
    {
        var (name, value) = chance.Pick(Secrets);
        if (chance.Next(3) == 0) name = Escaped(name, chance, one => $"%{(int)one:X2}");
        if (chance.Next(4) == 0) name = Escaped(name, chance, one => $"{char.ToUpperInvariant(one)}");
        if (chance.Next(3) == 0) value = Escaped(value, chance, one => $"%{(int)one:X2}");
        return $"{name}={value}";
    }

    private static string Escaped(string query, Random chance, Func<char, string> escape)
    {
        var places = query.Index().Where(one => char.IsAsciiLetter(one.Item)).Select(one => one.Index).ToList();
        if (places.Count == 0) return query;
        var at = chance.Pick(places);
        return query[..at] + escape(query[at]) + query[(at + 1)..];
    }
}
