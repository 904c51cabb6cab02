using AiAccessProxy.Tokens.Keys;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AiAccessProxy.Tokens;

/// <summary>Says what a token proves. What cannot be told for certain proves nothing.</summary>
internal sealed class TokenValidation(Providers providers, TokenRefusals refusals, TimeProvider time)
{
    /// <summary>How far clocks may be apart.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    private static readonly JsonWebTokenHandler Handler = new() { MaximumTokenSizeInBytes = CompactToken.MaxLength };

    /// <param name="issuers">Those who are believed here, each for its audience.</param>
    public async ValueTask<TokenOutcome> ValidateAsync(
        string text, IReadOnlyList<Issuer> issuers, TokenUse use, CancellationToken cancellationToken)
    {
        if (!CompactToken.HasForm(text)) return new TokenOutcome.NoToken();
        var outcome = CompactToken.Read(text, out var wrong) is { } token ? await JudgeAsync(token, issuers, use, cancellationToken) : wrong!;
        // Where nobody's tokens are believed, or somebody else's came, there is nothing to tell: it may be the upstream's.
        if (outcome is TokenOutcome.Refused { Fault: not TokenFault.Issuer } refused && issuers.Count > 0) refusals.Tell(refused.Fault, refused.Reason);
        return outcome;
    }

    // What costs nothing comes first: a token that fails anyway makes nobody fetch keys.
    private async ValueTask<TokenOutcome> JudgeAsync(
        CompactToken token, IReadOnlyList<Issuer> issuers, TokenUse use, CancellationToken cancellationToken)
    {
        var (header, claims) = (token.Header, token.Claims);
        var named = claims.Text("iss") is { } url ? issuers.Where(issuer => issuer.Url == url).ToList() : [];
        if (named.Count == 0) return Refuse(TokenFault.Issuer, "its issuer is none that is believed here");
        if (claims.Texts("aud") is not [var audience] || named.Find(one => one.Audience == audience) is not { } issuer)
            return Refuse(TokenFault.Audience, $"it comes from {named[0].Id} and is not meant for this audience, or not for this alone");
        if (WhyNotNow(claims) is { } untimely) return Refuse(TokenFault.Times, $"it comes from {issuer.Id} and {untimely}");
        if (issuer.Algorithms?.Contains(header.Algorithm, StringComparer.Ordinal) == false)
            return Refuse(TokenFault.Header, $"it comes from {issuer.Id}, which does not sign with its algorithm");
        if (!header.Serves(use)) return Refuse(TokenFault.Header, $"it comes from {issuer.Id} and is a token of another type");
        if (claims.Has("cnf")) return Refuse(TokenFault.Claims, $"it comes from {issuer.Id} and is bound to a key (cnf), whose proof nothing here asks for");

        return await providers.Of(issuer).FindKeyAsync(header, cancellationToken) switch
        {
            KeyAnswer.Found(var key) when issuer.Endorsement is { } channel && !key.Endorsements.Contains(channel, StringComparer.Ordinal) =>
                Refuse(TokenFault.UnknownKey, $"it says that it comes from {issuer.Id}, and the key it names is not endorsed for {channel}"),
            KeyAnswer.Found(var key) => await IsSignedAsync(token, issuer, key.Key)
                ? new TokenOutcome.Proven(issuer, claims)
                : Refuse(TokenFault.Signature, $"it says that it comes from {issuer.Id}, and its signature is not that of the key it names"),
            KeyAnswer.Unknown => Refuse(TokenFault.UnknownKey, $"it says that it comes from {issuer.Id}, which has no such key"),
            KeyAnswer.Unavailable(var why) => Refuse(TokenFault.NoKeys, $"the keys of {issuer.Id} cannot be had: {why}"),
            _ => throw new InvalidOperationException("A key is found, unknown, or cannot be had."),
        };
    }

    private string? WhyNotNow(Claims claims)
    {
        if (!claims.TryTime("exp", out var until) || !claims.TryTime("nbf", out var from) || !claims.TryTime("iat", out var made)) return "holds a time that is none";
        var now = time.GetUtcNow();
        return until is null ? "never expires"
            : until <= now - Skew ? "has expired"
            : from > now + Skew ? "is not good yet"
            : made > now + Skew ? "was issued in the future"
            : null;
    }

    private static async ValueTask<bool> IsSignedAsync(CompactToken token, Issuer issuer, SecurityKey key)
    {
        var result = await Handler.ValidateTokenAsync(token.Text, new TokenValidationParameters
        {
            ValidIssuer = issuer.Url,
            ValidAudience = issuer.Audience,
            IssuerSigningKey = key,
            ValidAlgorithms = [token.Header.Algorithm],
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            // By the clock of this program, above.
            ValidateLifetime = false,
        });
        return result.IsValid;
    }

    private static TokenOutcome.Refused Refuse(TokenFault fault, string reason) => new(fault, reason);
}
