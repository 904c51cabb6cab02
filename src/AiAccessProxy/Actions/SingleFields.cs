using System.Collections.Frozen;

namespace AiAccessProxy.Actions;

/// <summary>
/// Header fields that may come once (RFC 9110, 5.3: all that are not defined as lists), and those beside the standard that say who calls,
/// what for, or which call this is. Servers differ in which of several they take.
/// </summary>
internal static class SingleFields
{
    // What a comma belongs to: dates, products, credentials and texts in quotes.
    private static readonly FrozenSet<string> WithCommas = FrozenSet.ToFrozenSet(
        ["Authorization", "Content-Disposition", "Content-Range", "Cookie", "Date", "From", "Idempotency-Key", "If-Modified-Since", "If-Range",
         "If-Unmodified-Since", "Proxy-Authorization", "Range", "Referer", "User-Agent", "X-Idempotency-Key", "X-Amz-User-Agent"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> WithoutCommas = FrozenSet.ToFrozenSet(
        ["Content-Encoding", "Content-Length", "Content-Location", "Content-MD5", "Content-Type", "Expect", "Host", "If-Match", "If-None-Match",
         "Max-Forwards", "Origin",
         // WebDAV (RFC 4918) and SOAP
         "Depth", "Destination", "Overwrite", "SOAPAction",
         // Who calls, for whom
         "Api-Key", "Apikey", "DPoP", "Ocp-Apim-Subscription-Key", "X-Api-Key", "X-Auth-Token", "X-Amz-Security-Token", "X-Csrf-Token",
         "X-Goog-Api-Key", "X-Goog-User-Project", "X-Vault-Token", "X-Vault-Namespace", "X-Xsrf-Token", "Private-Token", "Stripe-Account",
         "OpenAI-Organization", "OpenAI-Project",
         // What is asked
         "Anthropic-Version", "Mcp-Protocol-Version", "Mcp-Session-Id", "Notion-Version", "Stripe-Version", "X-Amz-Content-Sha256", "X-Amz-Date",
         "X-Amz-Target", "X-Amz-Copy-Source", "X-GitHub-Api-Version", "X-Ms-Version", "X-Ms-Copy-Source"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Names that begin so are single as well: they say which method or path is meant.</summary>
    public static bool Contains(string name) => WithCommas.Contains(name) || WithoutCommas.Contains(name) || Overrides.IsHeader(name);

    /// <summary>
    /// The values that a field gives to whoever reads it as a list: those between its commas, as several lines would (RFC 9110, 5.3). A field
    /// whose single value may hold commas gives that value.
    /// </summary>
    public static IEnumerable<(int Start, int Length)> Members(HeaderField field)
    {
        if (WithCommas.Contains(field.Name))
        {
            yield return (0, field.Value.Length);
            yield break;
        }

        for (var start = 0; start <= field.Value.Length;)
        {
            var comma = field.Value.IndexOf(',', start);
            var end = comma < 0 ? field.Value.Length : comma;
            var (from, to) = (start, end);
            while (from < to && field.Value[from] is ' ' or '\t') from++;
            while (to > from && field.Value[to - 1] is ' ' or '\t') to--;
            yield return (from, to - from);
            start = end + 1;
        }
    }
}
