using System.Text.Json;

namespace AiAccessProxy.Tokens.Keys;

/// <summary>What a provider says of itself (OpenID Connect Discovery 1.0), as far as it is used.</summary>
/// <param name="Keys">Where its keys are.</param>
internal sealed record ProviderMetadata(Uri Keys)
{
    /// <summary>Where people sign in; null when it serves programs alone.</summary>
    public Uri? Authorization { get; init; }

    /// <summary>Where a code is changed for tokens.</summary>
    public Uri? Token { get; init; }

    /// <summary>Where its own session is ended.</summary>
    public Uri? EndSession { get; init; }

    /// <summary>Whether a client's secret goes in the form; otherwise in <c>Authorization: Basic</c>, the protocol's default.</summary>
    public bool TakesSecretInForm { get; init; }

    /// <summary>Whether each of its answers names it (RFC 9207).</summary>
    public bool NamesItself { get; init; }

    /// <summary>Null with what is wrong.</summary>
    public static ProviderMetadata? Read(JsonElement document, string issuer, out string why)
    {
        why = "";
        if (Text(document, "issuer") != issuer)
        {
            why = "its metadata is another issuer's";
            return null;
        }

        if (Address(document, issuer, "jwks_uri") is not { } keys)
        {
            why = "its metadata names no https address of its keys";
            return null;
        }

        var methods = document.TryGetProperty("token_endpoint_auth_methods_supported", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(method => method.ValueKind == JsonValueKind.String).Select(method => method.GetString()).ToList()
            : [];
        return new(keys)
        {
            Authorization = Address(document, issuer, "authorization_endpoint"),
            Token = Address(document, issuer, "token_endpoint"),
            EndSession = Address(document, issuer, "end_session_endpoint"),
            TakesSecretInForm = methods.Contains("client_secret_post") && !methods.Contains("client_secret_basic"),
            NamesItself = document.TryGetProperty("authorization_response_iss_parameter_supported", out var names) && names.ValueKind == JsonValueKind.True,
        };
    }

    private static string? Text(JsonElement document, string name) =>
        document.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A provider on loopback may name others there; one elsewhere has no business with what listens on this machine by plain http.</summary>
    private static Uri? Address(JsonElement document, string issuer, string name) =>
        Uri.TryCreate(Text(document, name), UriKind.Absolute, out var address) && address.UserInfo.Length == 0 && Issuer.IsTrustworthy(address)
            && (address.Scheme == Uri.UriSchemeHttps || issuer.StartsWith("http:", StringComparison.OrdinalIgnoreCase)) ? address : null;
}
