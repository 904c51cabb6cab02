using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;

namespace AiAccessProxy.Approvals.Teams.Connector;

/// <summary>Tokens of Entra ID for the bot, by its secret, its certificate or its managed identity. MSAL keeps them until they are nearly over.</summary>
internal sealed class MsalTokens(MsalClients clients, IOptions<TeamsOptions> options, TimeProvider time) : IConnectorTokens
{
    private Func<CancellationToken, Task<AuthenticationResult>>? _ask;

    public async ValueTask<ConnectorToken> FindAsync(CancellationToken cancellationToken)
    {
        if (options.Value.MicrosoftAppId is null) return new ConnectorToken.Unavailable("the channel is off: there is no teams:microsoftAppId");
        using var late = new CancellationTokenSource(options.Value.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return new ConnectorToken.Bearer((await (_ask ??= clients.Create())(either.Token)).AccessToken);
        }
        catch (MsalException refused)
        {
            // Perhaps a certificate that was renewed meanwhile: its files are read again.
            _ask = null;
            // Its message may hold what was sent; its code never does.
            return new ConnectorToken.Unavailable($"Entra ID gave none ({refused.ErrorCode})");
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or SocketException)
        {
            return new ConnectorToken.Unavailable($"Entra ID could not be asked ({(unreachable as HttpRequestException)?.HttpRequestError ?? HttpRequestError.ConnectionError})");
        }
        catch (JsonException)
        {
            return new ConnectorToken.Unavailable("Entra ID answered something that is none of its answers");
        }
        catch (CryptographicException unusable)
        {
            return new ConnectorToken.Unavailable(unusable.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ConnectorToken.Unavailable($"Entra ID did not answer within {options.Value.Timeout.TotalSeconds} s");
        }
    }
}
