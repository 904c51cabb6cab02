using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using AiAccessProxy.Tokens.Keys;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Control.SignIn.Oidc;

/// <summary>The console as a client of the provider: authorization code (OpenID Connect Core 1.0, 3.1) with PKCE S256, the answer in the query.</summary>
internal sealed class OidcClient(IOptions<OidcOptions> options, IOptions<ControlOptions> control, Providers providers)
{
    public const string ReturnTo = "/sign-in/oidc/return";

    private OidcOptions Own => options.Value;

    private string Issuer => Own.Issuer ?? throw new InvalidOperationException("control:oidc:issuer is not set.");

    private Uri Console => new(control.Value.PublicUrl ?? throw new InvalidOperationException("control:publicUrl is not set."));

    private string Redirect => new Uri(Console, ReturnTo).AbsoluteUri;

    /// <summary>Where the browser goes to sign in; null with why there is no such place.</summary>
    public async ValueTask<(Uri? Address, string Why)> AuthorizationAsync(PendingSignIn pending, CancellationToken cancellationToken)
    {
        var (metadata, why) = await providers.Of(Issuer).MetadataAsync(cancellationToken);
        if (metadata is null) return (null, why);
        if (metadata.Authorization is not { } address || metadata.Token is null) return (null, "its metadata names no https address to sign in at");
        var query = new QueryBuilder
        {
            { "client_id", Own.ClientId! },
            { "response_type", "code" },
            { "response_mode", "query" },
            { "redirect_uri", Redirect },
            { "scope", Own.Scopes },
            { "state", pending.State },
            { "nonce", pending.Nonce },
            { "code_challenge", Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(pending.Verifier))) },
            { "code_challenge_method", "S256" },
        };
        return (With(address, query), "");
    }

    /// <summary>Whether an answer says that it comes from this provider, where the provider says so at all (RFC 9207, against mix-up).</summary>
    public async ValueTask<bool> IsFromAsync(string? issuer, CancellationToken cancellationToken) => issuer is not null
        ? issuer == Issuer
        : await providers.Of(Issuer).MetadataAsync(cancellationToken) is ({ NamesItself: false }, _);

    /// <summary>The token for a code; null with why there is none.</summary>
    public async ValueTask<(string? Token, string Why)> ExchangeAsync(string code, PendingSignIn pending, CancellationToken cancellationToken)
    {
        var (metadata, why) = await providers.Of(Issuer).MetadataAsync(cancellationToken);
        if (metadata?.Token is not { } address) return (null, metadata is null ? why : "its metadata names no https address for codes");
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = Redirect,
            ["client_id"] = Own.ClientId!,
            ["code_verifier"] = pending.Verifier,
        };
        var request = new HttpRequestMessage(HttpMethod.Post, address);
        if (Own.ClientSecret is { } secret && metadata.TakesSecretInForm) form["client_secret"] = secret;
        else if (Own.ClientSecret is { } other) request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Basic(Own.ClientId!, other));
        request.Content = new FormUrlEncodedContent(form);
        return await providers.AskAsync(request, cancellationToken) switch
        {
            ProviderAnswer.Read(var answer) when answer.TryGetProperty("id_token", out var token) && token.ValueKind == System.Text.Json.JsonValueKind.String =>
                (token.GetString(), ""),
            ProviderAnswer.Failed(var failure) => (null, failure),
            _ => (null, "its answer to the code holds no id_token"),
        };
    }

    /// <summary>Where the provider's own session is ended; null when it has no such place, or cannot be asked.</summary>
    public async ValueTask<Uri?> EndSessionAsync(CancellationToken cancellationToken)
    {
        if (Own.ForSignIn is null || await providers.Of(Issuer).MetadataAsync(cancellationToken) is not ({ EndSession: { } address }, _)) return null;
        return With(address, new QueryBuilder { { "client_id", Own.ClientId! }, { "post_logout_redirect_uri", new Uri(Console, "/sign-in").AbsoluteUri } });
    }

    // RFC 6749, 2.3.1: both are form-encoded first.
    private static string Basic(string id, string secret) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(id)}:{Uri.EscapeDataString(secret)}"));

    private static Uri With(Uri address, QueryBuilder query)
    {
        var added = query.ToQueryString().Value![1..];
        return new UriBuilder(address) { Query = address.Query.Length > 1 ? $"{address.Query[1..]}&{added}" : added }.Uri;
    }
}
