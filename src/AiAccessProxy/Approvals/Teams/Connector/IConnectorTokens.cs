namespace AiAccessProxy.Approvals.Teams.Connector;

/// <summary>By what the bot proves to a connector that it is the bot.</summary>
internal interface IConnectorTokens
{
    ValueTask<ConnectorToken> FindAsync(CancellationToken cancellationToken);
}
