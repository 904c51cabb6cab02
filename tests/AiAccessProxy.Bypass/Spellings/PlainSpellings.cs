using System.Text;
using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass.Spellings;

/// <summary>Calls that are odd and have one meaning all the same: what an ordinary API is called with on an unusual day.</summary>
internal static class PlainSpellings
{
    private const string PathText = "abcXYZ019-._~!$&'()*+,=:@", QueryText = PathText + "/?;[]";

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PURGE", "PROPFIND", "M-SEARCH", "VERSION-CONTROL"];

    private static readonly string[] Escapes = ["%20", "%C3%A4", "%E2%82%AC", "%F0%9F%98%80", "%22", "%3C", "%7B", "%7E", "%40", "%3A", "%2B", "%5B", "%7C", "%c3%a4"];

    private static readonly string[] Names =
    [
        "Accept", "accept-language", "X-Request-Id", "X-GitHub-Api-Version", "x-amz-target", "If-Match", "Cookie", "Content-Language", "ETag", "Date", "Range", "Link", "x-ms-date",
        "Authorization", "X-Api-Key", "User-Agent", "X-Stainless-Lang", "Idempotency-Key", "Warning",
    ];

    public static IEnumerable<Spelling> Of(string prefix, Random chance)
    {
        while (true)
        {
            var target = new StringBuilder(prefix);
            for (var segments = chance.Next(1, 6); segments > 0; segments--) target.Append('/').Append(Word(PathText, chance));
            if (chance.Next(6) == 0) target.Append('/');
            if (chance.Next(2) == 0) target.Append('?');
            if (target[^1] == '?')
                target.AppendJoin('&', Enumerable.Range(0, chance.Next(4)).Select(_ => chance.Next(4) == 0 ? Word(QueryText, chance) : $"{Word(QueryText, chance)}={Word(QueryText, chance)}"));

            var method = chance.Pick(Methods);
            var headers = Enumerable.Range(0, chance.Next(5)).Select(_ => (Name: chance.Pick(Names), Value: Value(chance))).DistinctBy(field => field.Name).ToList();
            byte[]? body = null;
            if (method is not ("GET" or "HEAD" or "OPTIONS") && chance.Next(2) == 0)
            {
                chance.NextBytes(body = new byte[chance.Next(1, 400)]);
                headers.Add(("Content-Type", chance.Pick("text/plain", "application/octet-stream", "image/png")));
            }

            yield return new(method, target.ToString(), headers, body);
        }
    }

    private static string Word(string text, Random chance)
    {
        var word = $"{(char)('a' + chance.Next(26))}";
        for (var length = chance.Next(12); length > 0; length--) word += chance.Next(8) == 0 ? chance.Pick(Escapes) : $"{text[chance.Next(text.Length)]}";
        return word;
    }

    private static string Value(Random chance) =>
        string.Concat(Enumerable.Range(0, chance.Next(1, 30)).Select(_ => (char)chance.Next('!', '~' + 1))) + chance.Pick("", " x", "\tx");
}
