using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace AiAccessProxy.Approvals.Teams.Connector;

/// <summary>Makes the client of Entra ID that the settings describe. It is not redirected, and asks nobody where else to go.</summary>
internal sealed class MsalClients(IOptions<TeamsOptions> options, TimeProvider time) : IMsalHttpClientFactory, IDisposable
{
    private const string EveryScope = "/.default";

    private HttpClient _http = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    { MaxResponseContentBufferSize = 512 * 1024, Timeout = options.Value.Timeout, DefaultRequestVersion = HttpVersion.Version11 };

    /// <summary>Answers in the place of the network; for the tests' own Entra ID.</summary>
    internal HttpMessageHandler Answering
    {
        init => _http = new(value);
    }

    public HttpClient GetHttpClient() => _http;

    public void Dispose() => _http.Dispose();

    /// <exception cref="CryptographicException">The files of the certificate cannot be used; the message says which and why.</exception>
    public Func<CancellationToken, Task<AuthenticationResult>> Create()
    {
        var teams = options.Value;
        var cloud = TeamsCloud.Of(teams.ChannelService) ?? throw new InvalidOperationException("Settings are checked at the start.");
        var scope = teams.ToChannelFromBotOAuthScope ?? cloud.Scope;
        if (teams.MicrosoftAppType == MicrosoftAppType.UserAssignedMSI)
        {
            var identity = ManagedIdentityApplicationBuilder
                .Create(ManagedIdentityId.WithUserAssignedClientId(teams.MicrosoftAppId)).WithHttpClientFactory(this).Build();
            var resource = scope.EndsWith(EveryScope, StringComparison.Ordinal) ? scope[..^EveryScope.Length] : scope;
            return cancellationToken => identity.AcquireTokenForManagedIdentity(resource).ExecuteAsync(cancellationToken);
        }

        var tenant = teams.MicrosoftAppType == MicrosoftAppType.SingleTenant ? teams.MicrosoftAppTenantId : cloud.AppTenant;
        var app = ConfidentialClientApplicationBuilder.Create(teams.MicrosoftAppId)
            .WithAuthority(new Uri(teams.ToChannelFromBotLoginUrl ?? $"{cloud.Login}/{tenant}"), validateAuthority: false)
            .WithInstanceDiscovery(false)
            .WithHttpClientFactory(this);
        var client = (teams.MicrosoftAppPassword is { } secret
            ? app.WithClientSecret(secret)
            : app.WithCertificate(CertificateOf(teams), sendX5C: true)).Build();
        // The Bot Framework writes it without the ending, Entra ID wants it with it.
        string[] scopes = [scope.EndsWith(EveryScope, StringComparison.Ordinal) ? scope : scope + EveryScope];
        return cancellationToken => client.AcquireTokenForClient(scopes).ExecuteAsync(cancellationToken);
    }

    private X509Certificate2 CertificateOf(TeamsOptions teams) =>
        BotCertificate.Read(teams.MicrosoftAppCertificate!, teams.MicrosoftAppCertificateKey, time.GetUtcNow()) switch
        {
            BotCertificate.Usable(var certificate) => certificate,
            BotCertificate.Unusable(var why) => throw new CryptographicException(why),
            _ => throw new InvalidOperationException("A certificate can be used or not."),
        };
}
