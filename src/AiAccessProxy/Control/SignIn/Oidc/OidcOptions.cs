using System.ComponentModel;
using AiAccessProxy.Settings;
using AiAccessProxy.Tokens;

namespace AiAccessProxy.Control.SignIn.Oidc;

/// <summary>By which OpenID provider people sign in, section <c>control:oidc</c>.</summary>
internal sealed class OidcOptions : ISettings
{
    public static string Section => "control:oidc";

    [Description("The OpenID provider by which people sign in, as its tokens have it in `iss`. Unset: personal keys alone.")]
    public string? Issuer { get; set; }

    [Description("The client id under which the console is registered there; unset, nobody signs in by it in a browser.")]
    public string? ClientId { get; set; }

    [Secret]
    [Description("The client's secret, where the provider gave one.")]
    public string? ClientSecret { get; set; }

    [Description("What is asked for at sign-in, separated by blanks; `openid` is among it.")]
    public string Scopes { get; set; } = "openid profile";

    [Description("The `aud` of people's tokens for `/api/v1`: not the client id, and no audience of agents. Unset: only personal keys open the API.")]
    public string? Audience { get; set; }

    [Description("What the sign-in page calls the provider.")]
    public string Name { get; set; } = "your organisation";

    /// <summary>Null when nobody signs in by it in a browser.</summary>
    internal Issuer? ForSignIn => Issuer is not null && ClientId is not null ? new("sign-in", Issuer, ClientId) : null;

    /// <summary>Null when only personal keys open the API.</summary>
    internal Issuer? ForApi => Issuer is not null && Audience is not null ? new("control", Issuer, Audience) : null;

    /// <summary>What no agent's token may be meant for.</summary>
    internal IReadOnlySet<string> Audiences => new[] { ClientId, Audience }.OfType<string>().ToHashSet(StringComparer.Ordinal);

    public IEnumerable<string> Problems()
    {
        if (Issuer is null)
        {
            if (ClientId is not null) yield return "control:oidc:clientId: there is no control:oidc:issuer";
            if (ClientSecret is not null) yield return "control:oidc:clientSecret: there is no control:oidc:issuer";
            if (Audience is not null) yield return "control:oidc:audience: there is no control:oidc:issuer";
            yield break;
        }

        if (Tokens.Issuer.WhyNoUrl(Issuer) is { } why) yield return $"control:oidc:issuer: '{Issuer}' {why}";
        if (ClientId is null && Audience is null)
            yield return "control:oidc:issuer: there is neither control:oidc:clientId, for sign-in by browser, nor control:oidc:audience, for tokens at the API";
        if (ClientSecret is not null && ClientId is null) yield return "control:oidc:clientSecret: there is no control:oidc:clientId";
        if (ClientId is not null && ClientId == Audience)
            yield return "control:oidc:audience: is control:oidc:clientId too; what proves a sign-in would open the API: register the API as one of its own";
        if (!Scopes.Split(' ').Contains("openid")) yield return "control:oidc:scopes: openid is not among them; write it like openid profile";
        if (Name.Length == 0) yield return "control:oidc:name: is empty";
    }
}
