using System.Text.Json;

namespace AiAccessProxy.Tokens;

/// <summary>What a token's header may say here.</summary>
/// <param name="KeyId">Null when it names no key: then its issuer must have only one that fits.</param>
internal sealed record TokenHeader(string Algorithm, string? KeyId, string? Type)
{
    /// <summary>Signatures of a key that only the issuer has. Never <c>none</c>, and never one that whoever checks could make.</summary>
    public static readonly IReadOnlyList<string> Algorithms =
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    // Keys that come with a token, or that it says where to fetch; extensions that change its reading; encryption, and tokens in tokens.
    private static readonly string[] Refused = ["jwk", "jku", "x5c", "x5u", "crit", "b64", "zip", "enc", "cty", "epk", "apu", "apv"];

    private static readonly string[] AccessTypes = ["JWT", "at+jwt", "application/at+jwt"];

    public static TokenHeader? Read(JsonElement header, out string why)
    {
        why = "";
        foreach (var name in Refused)
        {
            if (!header.TryGetProperty(name, out _)) continue;
            why = $"its header holds {name}, which nothing here follows";
            return null;
        }

        if (Text(header, "alg") is not { } algorithm || !Algorithms.Contains(algorithm, StringComparer.Ordinal))
        {
            why = "its algorithm is none of " + string.Join(", ", Algorithms);
            return null;
        }

        foreach (var name in new[] { "kid", "typ" })
        {
            if (!header.TryGetProperty(name, out _) || Text(header, name) is { Length: > 0 and <= 256 }) continue;
            why = $"its {name} is no text, empty or too long";
            return null;
        }

        return new(algorithm, Text(header, "kid"), Text(header, "typ"));
    }

    /// <summary>A token of another kind (a logout token, a security event) that one issuer signs with one key is none of this kind.</summary>
    public bool Serves(TokenUse use) =>
        Type is null || (use == TokenUse.Access ? AccessTypes.Contains(Type, StringComparer.OrdinalIgnoreCase) : Type.Equals("JWT", StringComparison.OrdinalIgnoreCase));

    private static string? Text(JsonElement header, string name) =>
        header.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
