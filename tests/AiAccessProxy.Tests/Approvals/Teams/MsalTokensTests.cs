using System.Net;
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
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.pem");
        await File.WriteAllTextAsync(file, BotCertificateTests.Pem(), TestContext.Current.CancellationToken);
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
    public async Task A_certificate_that_was_renewed_is_taken_once_Entra_refuses_the_old_one()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.pem");
        await File.WriteAllTextAsync(file, BotCertificateTests.Pem(), TestContext.Current.CancellationToken);
        try
        {
            var entra = new EntraDouble { Status = 401, Body = """{ "error": "invalid_client" }""" };
            using var clients = Clients(entra, new() { MicrosoftAppCertificate = file });
            var tokens = new MsalTokens(clients.Clients, clients.Options, TimeProvider.System);
            Assert.IsType<ConnectorToken.Unavailable>(await tokens.FindAsync(TestContext.Current.CancellationToken));

            await File.WriteAllTextAsync(file, BotCertificateTests.Pem(), TestContext.Current.CancellationToken);
            (entra.Status, entra.Body) = (200, null);
            Assert.IsType<ConnectorToken.Bearer>(await tokens.FindAsync(TestContext.Current.CancellationToken));
            Assert.Equal(2, entra.Asked.Select(asked => HeaderOf(asked.Form)).Distinct().Count());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_managed_identity_asks_the_machine_that_it_runs_on_and_keeps_the_token()
    {
        var machine = new EntraDouble { IsMachine = true };
        using var clients = Clients(machine, new() { MicrosoftAppType = MicrosoftAppType.UserAssignedMSI });
        var tokens = new MsalTokens(clients.Clients, clients.Options, TimeProvider.System);

        Assert.StartsWith("token-", Assert.IsType<ConnectorToken.Bearer>(await tokens.FindAsync(TestContext.Current.CancellationToken)).Text, StringComparison.Ordinal);
        var asked = machine.Asked.Count;
        Assert.IsType<ConnectorToken.Bearer>(await tokens.FindAsync(TestContext.Current.CancellationToken));

        Assert.Equal(asked, machine.Asked.Count);
        Assert.All(machine.Asked, one => Assert.StartsWith("http://169.254.169.254/metadata/identity/", one.Address, StringComparison.Ordinal));
        var last = machine.Requests[^1];
        Assert.Equal("http://169.254.169.254/metadata/identity/oauth2/token", last.Address);
        Assert.Contains("resource=https://api.botframework.com&", last.Query, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"client_id={clients.Options.Value.MicrosoftAppId}", last.Query, StringComparison.Ordinal);
        Assert.Contains("Metadata: true", last.Headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_App_Service_a_managed_identity_asks_where_the_surroundings_say()
    {
        // MSAL reads them anew each time, and nothing else in this process has a managed identity.
        Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", "http://127.0.0.1:41/msi/token");
        Environment.SetEnvironmentVariable("IDENTITY_HEADER", "of this machine");
        try
        {
            var machine = new EntraDouble { IsMachine = true };
            using var clients = Clients(machine, new() { MicrosoftAppType = MicrosoftAppType.UserAssignedMSI });
            Assert.IsType<ConnectorToken.Bearer>(
                await new MsalTokens(clients.Clients, clients.Options, TimeProvider.System).FindAsync(TestContext.Current.CancellationToken));

            var asked = Assert.Single(machine.Requests);
            Assert.Equal("http://127.0.0.1:41/msi/token", asked.Address);
            Assert.Contains($"client_id={clients.Options.Value.MicrosoftAppId}", asked.Query, StringComparison.Ordinal);
            Assert.Contains("X-IDENTITY-HEADER: of this machine", asked.Headers, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", null);
            Environment.SetEnvironmentVariable("IDENTITY_HEADER", null);
        }
    }

    [Theory]
    [InlineData(400, """{ "error": "invalid_request", "error_description": "Identity not found, says a secret" }""")]
    [InlineData(403, "nothing")]
    [InlineData(200, "no JSON")]
    [InlineData(200, "{}")]
    public async Task What_the_machine_answers_instead_is_told_without_what_it_said(int status, string body)
    {
        using var clients = Clients(new() { Status = status, Body = body }, new() { MicrosoftAppType = MicrosoftAppType.UserAssignedMSI });
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

    /// <summary>Of the assertion in a form: it names the certificate.</summary>
    private static string HeaderOf(string form) => form.Split('&').Single(part => part.StartsWith("client_assertion=", StringComparison.Ordinal)).Split('.')[0];

    private static Client Clients(EntraDouble entra, TeamsOptions options)
    {
        // MSAL keeps tokens of managed identities for the whole process, so each test has one of its own.
        var app = options.MicrosoftAppType == MicrosoftAppType.UserAssignedMSI ? Guid.NewGuid().ToString("D") : TeamsGround.App;
        (options.MicrosoftAppId, options.MicrosoftAppTenantId) = (app, TeamsGround.Tenant);
        var given = Options.Create(options);
        return new(new(given, TimeProvider.System) { Answering = entra }, given);
    }

    private sealed record Client(MsalClients Clients, IOptions<TeamsOptions> Options) : IDisposable
    {
        public void Dispose() => Clients.Dispose();
    }

    private sealed class EntraDouble : HttpMessageHandler
    {
        public List<(string Address, string Form)> Asked { get; } = [];

        public List<(string Address, string Query, string Headers)> Requests { get; } = [];

        public int Status { get; set; } = 200;

        public string? Body { get; set; }

        /// <summary>Answers as the machine does that a managed identity is assigned to.</summary>
        public bool IsMachine { get; init; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add((request.RequestUri!.GetLeftPart(UriPartial.Path), request.RequestUri.Query, $"{request.Headers}"));
            Asked.Add((request.RequestUri!.GetLeftPart(UriPartial.Path), request.Content is { } form ? await form.ReadAsStringAsync(cancellationToken) : ""));
            return new((HttpStatusCode)Status)
            {
                Content = new StringContent(Body ?? (IsMachine
                    ? $$"""{ "token_type": "Bearer", "expires_on": "{{TimeProvider.System.GetUtcNow().AddHours(8).ToUnixTimeSeconds()}}", "resource": "https://api.botframework.com", "access_token": "token-{{Asked.Count}}" }"""
                    : $$"""{ "token_type": "Bearer", "expires_in": 3600, "access_token": "token-{{Asked.Count}}" }""")),
            };
        }
    }
}
