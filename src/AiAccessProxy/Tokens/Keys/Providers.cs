using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tokens.Keys;

/// <summary>Every provider that was asked for so far. Only configured ones ever are, so there are few.</summary>
internal sealed class Providers(ProviderClient client, IOptions<TokenOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Issuer, Uri Metadata), Provider> _byIssuer = new();

    /// <summary>Asks one of them for something else, once and within the same bounds.</summary>
    public Task<ProviderAnswer> AskAsync(HttpRequestMessage request, CancellationToken cancellationToken) => client.SendAsync(request, cancellationToken);

    public Provider Of(Issuer issuer) => Of(issuer.Url, issuer.Metadata ?? Discovery(issuer.Url));

    public Provider Of(string issuer) => Of(issuer, Discovery(issuer));

    private Provider Of(string issuer, Uri metadata) =>
        _byIssuer.GetOrAdd((issuer, metadata), one => new(one.Issuer, one.Metadata, client, options, time));

    private static Uri Discovery(string issuer) => new($"{issuer.TrimEnd('/')}/.well-known/openid-configuration");
}
