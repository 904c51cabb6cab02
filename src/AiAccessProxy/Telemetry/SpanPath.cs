using System.Text.RegularExpressions;

namespace AiAccessProxy.Telemetry;

/// <summary>A path as it may leave in a span: what the ledger may hold is not yet what everybody who sees traces may.</summary>
internal static partial class SpanPath
{
    private const int Longest = 512;

    /// <param name="target">As it stands on record: what is redacted is there as name, length and hash.</param>
    /// <returns>Without its query, and without the hashes, by which a short secret could be guessed.</returns>
    public static string Of(string target)
    {
        var path = target.Split('?', 2)[0];
        if (path.Contains("[redacted ", StringComparison.Ordinal)) path = Redacted().Replace(path, "[redacted]");
        return path.Length <= Longest ? path : path[..Longest] + "…";
    }

    [GeneratedRegex(@"\[redacted [^\]]*(?:\]|$)")]
    private static partial Regex Redacted();
}
