using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AiAccessProxy.Approvals.Teams;
using AiAccessProxy.Approvals.Teams.Connector;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Approvals.Teams;

public class MsalTokensTests
{
    [Theory]
    [InlineData(nameof(MicrosoftAppType.SingleTenant), null, "https://login.microsoftonline.com/" + TeamsGround.Tenant + "/oauth2/v2.0/token", "https%3A%2F%2Fapi.botframework.com%2F.default")]
    [InlineData(nameof(MicrosoftAppType.MultiTenant), null, "https://login.microsoftonline.com/botframework.com/oauth2/v2.0/token", "https%3A%2F%2Fapi.botframework.com%2F.default")]
    [InlineData(nameof(MicrosoftAppType.SingleTenant), "https://botframework.azure.us", "https://login.microsoftonline.us/" + TeamsGround.Tenant + "/oauth2/v2.0/token", "https%3A%2F%2Fapi.botframework.us%2F.default")]
    public async Task A_secret_is_shown_to_the_cloud_of_the_app_alone_and_its_token_is_kept(string type, string? cloud, string address, string scope)
    {
        var entra = new EntraDouble();
        using var clients = Clients(entra, new() { MicrosoftAppType = Enum.Parse<MicrosoftAppType>(type), MicrosoftAppPassword = "a secret", ChannelService = cloud });
        var tokens = new MsalTokens(clients.Clients, clients.Options, TimeProvider.System);

        Assert.Equal("token-1", Assert.IsType<ConnectorToken.Bearer>(await tokens.FindAsync(TestContext.Current.CancellationToken)).Text);
        Assert.Equal("token-1", Assert.IsType<ConnectorToken.Bearer>(await tokens.FindAsync(TestContext.Current.CancellationToken)).Text);

        var (asked, form) = Assert.Single(entra.Asked);
        Assert.Equal(address, asked);
        Assert.Contains("client_secret=a+secret", form, StringComparison.Ordinal);
        Assert.Contains($"scope={scope}", form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_signs_and_its_key_is_not_sent()
    {
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest("CN=bot", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.pem");
        await File.WriteAllTextAsync(file, made.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        try
        {
            var entra = new EntraDouble();
            using var clients = Clients(entra, new() { MicrosoftAppCertificate = file });
            Assert.IsType<ConnectorToken.Bearer>(await new MsalTokens(clients.Clients, clients.Options, TimeProvider.System).FindAsync(TestContext.Current.CancellationToken));

            var form = Assert.Single(entra.Asked).Form;
            Assert.Contains("client_assertion=", form, StringComparison.Ordinal);
            Assert.DoesNotContain("client_secret", form, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData(400, """{ "error": "invalid_client", "error_description": "AADSTS7000215: a secret was wrong" }""")]
    [InlineData(401, "nothing")]
    [InlineData(302, "")]
    [InlineData(200, "{}")]
    [InlineData(200, "no JSON")]
    public async Task Whatever_Entra_answers_instead_is_told_without_what_was_sent(int status, string body)
    {
        using var clients = Clients(new() { Status = status, Body = body }, new() { MicrosoftAppPassword = "a secret" });
        var told = await new MsalTokens(clients.Clients, clients.Options, TimeProvider.System).FindAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain("secret", Assert.IsType<ConnectorToken.Unavailable>(told).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_used_is_told_and_looked_for_again()
    {
        using var clients = Clients(new(), new() { MicrosoftAppCertificate = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.pem") });
        var tokens = new MsalTokens(clients.Clients, clients.Options, TimeProvider.System);

        for (var i = 0; i < 2; i++)
        {
            var told = Assert.IsType<ConnectorToken.Unavailable>(await tokens.FindAsync(TestContext.Current.CancellationToken));
            Assert.Contains("teams:microsoftAppCertificate", told.Why, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_token_is_in_no_text_of_it() => Assert.DoesNotContain("abc", new ConnectorToken.Bearer("abc").ToString(), StringComparison.Ordinal);

    private static Client Clients(EntraDouble entra, TeamsOptions options)
    {
        (options.MicrosoftAppId, options.MicrosoftAppTenantId) = (TeamsGround.App, TeamsGround.Tenant);
        var given = Options.Create(options);
        return new(new(given) { Answering = entra }, given);
    }

    private sealed record Client(MsalClients Clients, IOptions<TeamsOptions> Options) : IDisposable
    {
        public void Dispose() => Clients.Dispose();
    }

    private sealed class EntraDouble : HttpMessageHandler
    {
        public List<(string Address, string Form)> Asked { get; } = [];

        public int Status { get; init; } = 200;

        public string? Body { get; init; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add((request.RequestUri!.GetLeftPart(UriPartial.Path), request.Content is { } form ? await form.ReadAsStringAsync(cancellationToken) : ""));
            return new((HttpStatusCode)Status)
            {
                Content = new StringContent(Body ?? $$"""{ "token_type": "Bearer", "expires_in": 3600, "access_token": "token-{{Asked.Count}}" }"""),
            };
        }
    }
}
