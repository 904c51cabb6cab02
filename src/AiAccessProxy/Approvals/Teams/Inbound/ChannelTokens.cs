using AiAccessProxy.Tokens;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Approvals.Teams.Inbound;

/// <summary>Believes the tokens that Teams sends, by the rules of the Bot Connector: from its issuer, for this bot, by a key endorsed for Teams.</summary>
internal sealed class ChannelTokens(IOptions<TeamsOptions> options, TokenValidation tokens, TimeProvider time)
{
    /// <summary>What activities of Teams have as <c>channelId</c>, and its keys among their endorsements.</summary>
    public const string Channel = "msteams";

    /// <summary>As the Bot Connector writes it, and as its documentation does.</summary>
    private static readonly string[] ServiceClaims = ["serviceurl", "serviceUrl"];

    /// <summary>Tokens of the Bot Connector are good for an hour; one that is good for longer is none of them.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private readonly Issuer? _issuer = IssuerOf(options.Value);

    /// <param name="token">Null when there is none.</param>
    /// <returns>Null when it proves nothing.</returns>
    public async ValueTask<ChannelProof?> ProveAsync(string? token, CancellationToken cancellationToken)
    {
        if (options.Value.Playground) return new(null, time.GetUtcNow() + Longest);
        if (token is null || _issuer is null) return null;
        if (await tokens.ValidateAsync(token, [_issuer], TokenUse.Access, cancellationToken) is not TokenOutcome.Proven(_, var claims)) return null;
        return ServiceClaims.Where(claims.Has).ToList() is [var name] && claims.Text(name) is { } service
            && claims.TryTime("exp", out var until) && until is { } end && end <= time.GetUtcNow() + Longest
            ? new(service, end + TokenValidation.Skew)
            : null;
    }

    private static Issuer? IssuerOf(TeamsOptions options)
    {
        if (options.MicrosoftAppId is not { } app || TeamsCloud.Of(options.ChannelService) is not { } cloud) return null;
        return new("teams", options.ToBotFromChannelTokenIssuer ?? cloud.TokenIssuer, app)
        {
            Metadata = new Uri(options.ToBotFromChannelOpenIdMetadataUrl ?? cloud.Metadata),
            Endorsement = Channel,
            Algorithms = ["RS256"],
        };
    }
}
