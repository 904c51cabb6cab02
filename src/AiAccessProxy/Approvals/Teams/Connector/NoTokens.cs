namespace AiAccessProxy.Approvals.Teams.Connector;

/// <summary>For the playground, which asks for none.</summary>
internal sealed class NoTokens : IConnectorTokens
{
    public ValueTask<ConnectorToken> FindAsync(CancellationToken cancellationToken) => ValueTask.FromResult<ConnectorToken>(new ConnectorToken.NotNeeded());
}
