namespace AiAccessProxy.Actions;

/// <summary>The proxy's own fields on a request: <c>AiAccess-*</c>. None of them is ever forwarded.</summary>
internal static class AgentHeaders
{
    /// <summary>Characters of one claim.</summary>
    public const int LongestClaim = 1024;

    private const string Prefix = "aiaccess-";

    private static readonly string[] ClaimNames = ["AiAccess-Reason", "AiAccess-Change", "AiAccess-Commit", "AiAccess-Prompt", "AiAccess-Session"];

    /// <summary>Whether a field is in the proxy's own namespace, however servers in the manner of CGI would spell it.</summary>
    public static bool IsOwn(string name) => CgiName.Of(name).StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Collects the claims; refuses a field of our own that means nothing, so that a misspelt one is not lost in silence.</summary>
    public static Unclear? ReadClaims(IReadOnlyList<HeaderField> fields, out Claims claims)
    {
        claims = Claims.None;
        var values = new string?[ClaimNames.Length];
        foreach (var field in fields.Where(field => IsOwn(field.Name)))
        {
            if (field.Name.Equals("AiAccess-Token", StringComparison.OrdinalIgnoreCase)) continue;
            var index = Array.FindIndex(ClaimNames, name => name.Equals(field.Name, StringComparison.OrdinalIgnoreCase));
            if (index < 0)
            {
                return new(Ambiguity.HeaderValue,
                    $"An AiAccess-* header that does not exist. Known are AiAccess-Token, {string.Join(", ", ClaimNames)}.");
            }

            if (values[index] is not null) return new(Ambiguity.HeaderValue, $"{ClaimNames[index]} came more than once.");
            if (field.Value.Length > LongestClaim)
            {
                return new(Ambiguity.HeaderValue,
                    $"{ClaimNames[index]} has {field.Value.Length} characters; at most {LongestClaim} are shown, so shorten it.");
            }

            values[index] = field.Value;
        }

        claims = new(Stated(values[0]), Stated(values[1]), Stated(values[2]), Stated(values[3]), Stated(values[4]));
        return null;
    }

    private static string? Stated(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
