using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Teams.Install;

/// <summary>A conversation that <c>teams:places</c> names.</summary>
/// <param name="Installed">The chat, channel or team that the bot was added to.</param>
/// <param name="Conversation">That, or a channel of that team.</param>
internal sealed record NamedPlace(string Name, string Installed, string Conversation)
{
    /// <summary><c>security=19:…@thread.v2</c>, or <c>security=19:(team)@thread.tacv2/19:(channel)@thread.tacv2</c>. Null for anything else.</summary>
    public static NamedPlace? Read(string text) => text.Split('=', 2) is [var name, { Length: > 0 } where]
        && NotifyPlace.TryParse($"{TeamsChannel.Name}:{name}", out _) && !name.StartsWith(ConversationPlaces.OfPerson, StringComparison.Ordinal)
        ? where.Split('/') switch
        {
            [var only] when Connector.ConnectorClient.IsId(only) => new(name, only, only),
            [var team, var channel] when Connector.ConnectorClient.IsId(team) && Connector.ConnectorClient.IsId(channel) => new(name, team, channel),
            _ => null,
        }
        : null;
}
