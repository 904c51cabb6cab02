using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tokens.Keys;

/// <summary>Every provider that was asked for so far. Only configured ones ever are, so there are few.</summary>
internal sealed class Providers(ProviderClient client, IOptions<TokenOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Provider> _byIssuer = new(StringComparer.Ordinal);

    /// <summary>Asks one of them for something else, once and within the same bounds.</summary>
    public Task<ProviderAnswer> AskAsync(HttpRequestMessage request, CancellationToken cancellationToken) => client.SendAsync(request, cancellationToken);

    public Provider Of(string issuer) => _byIssuer.GetOrAdd(issuer, url => new(url, client, options, time));
}
