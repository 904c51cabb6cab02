using System.Security.Cryptography;
using System.Text;
using AiAccessProxy.Tokens;

namespace AiAccessProxy.Agents;

/// <summary>Finds out from a request's headers who is calling.</summary>
internal sealed class AgentIdentification(TokenValidation tokens, TokenRefusals refusals, TimeProvider time)
{
    /// <summary>
    /// The one caller that the keys and tokens in <paramref name="sources"/> prove. Null when there is none, when two prove different callers,
    /// or when a header that may hold one is repeated.
    /// </summary>
    public async ValueTask<Caller?> IdentifyAsync(
        IHeaderDictionary headers, IReadOnlyList<AgentKeySource> sources, AgentDirectory directory, CancellationToken cancellationToken)
    {
        if (sources.Any(source => headers[source.HeaderName()].Count > 1)) return null;
        Caller? known = null;
        foreach (var source in sources)
        {
            if (headers[source.HeaderName()] is not [{ } value] || source.KeyIn(value) is not { } key) continue;
            // Not every credential is one of ours.
            if ((directory.Identify(key, time.GetUtcNow()) ?? await ByTokenAsync(key, directory.Tokens, cancellationToken)) is not { } caller) continue;
            if (known is not null && known != caller) return null;
            known = caller;
        }

        return known;
    }

    private async ValueTask<Caller?> ByTokenAsync(string text, AgentTokens agents, CancellationToken cancellationToken)
    {
        if (agents.Issuers.Count == 0) return null;
        if (await tokens.ValidateAsync(text, agents.Issuers, TokenUse.Access, cancellationToken) is not TokenOutcome.Proven(var issuer, var claims)) return null;
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        switch (agents.Match(new(issuer, claims, sha256)))
        {
            case TokenMatch.Found(var caller):
                return caller;
            case TokenMatch.Nobody(var reason):
                refusals.Tell(TokenFault.Claims, reason);
                return null;
            default:
                throw new InvalidOperationException("A token proves an agent or nobody.");
        }
    }
}
