namespace AiAccessProxy.Approvals.Teams.Inbound;

/// <summary>That a request comes from Teams. It says nothing about any person.</summary>
/// <param name="ServiceUrl">The connector that the token was issued for; null in the playground, where nothing proves anything.</param>
/// <param name="Until">From when on the same token proves nothing any more, clocks that are apart included.</param>
internal sealed record ChannelProof(string? ServiceUrl, DateTimeOffset Until);
