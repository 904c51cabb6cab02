using AiAccessProxy.Approvals.Teams;
using AiAccessProxy.Control.Channels;
using Microsoft.Extensions.Options;
using Console = AiAccessProxy.Tests.Control.Console;

namespace AiAccessProxy.Tests.Approvals.Teams;

/// <summary>Settings of Teams that make no sense together are told before anything listens.</summary>
public class TeamsProblemsTests
{
    private const string Other = "abcdefab-0000-4000-8000-0000000000ff";

    [Fact]
    public void Off_alone_and_each_way_to_prove_oneself_is_well()
    {
        Assert.Empty(new TeamsOptions().Problems());
        Assert.Empty(App(_ => { }).Problems());
        Assert.Empty(App(options => (options.MicrosoftAppPassword, options.MicrosoftAppCertificate) = (null, "bot.pem")).Problems());
        Assert.Empty(App(options => (options.MicrosoftAppPassword, options.MicrosoftAppType) = (null, MicrosoftAppType.UserAssignedMSI)).Problems());
        Assert.Empty(App(options => options.ChannelService = "https://botframework.azure.us/").Problems());
        Assert.Empty(new TeamsOptions { Playground = true, Tenants = { Other } }.Problems());
    }

    [Fact]
    public void What_makes_no_sense_is_told_with_its_setting()
    {
        Says("microsoftAppPassword", new() { MicrosoftAppPassword = "x" });
        Says("microsoftAppId", App(options => options.MicrosoftAppId = "bot"));
        Says("microsoftAppTenantId", App(options => options.MicrosoftAppTenantId = null), "tenants");
        Says("microsoftAppPassword", App(options => options.MicrosoftAppPassword = null));
        Says("microsoftAppPassword", App(options => options.MicrosoftAppCertificate = "bot.pem"));
        Says("microsoftAppType", App(options => options.MicrosoftAppType = MicrosoftAppType.UserAssignedMSI));
        Says("microsoftAppCertificateKey", App(options => options.MicrosoftAppCertificateKey = "key.pem"));
        Says("tenants", App(options => options.Tenants.Add("contoso.example")));
        Says("tenants", App(options => (options.MicrosoftAppTenantId, options.MicrosoftAppType) = (null, MicrosoftAppType.MultiTenant)));
        Says("channelService", App(options => options.ChannelService = "https://evil.example"));
        Says("toBotFromChannelOpenIdMetadataUrl", App(options => options.ToBotFromChannelOpenIdMetadataUrl = "http://evil.example/keys"));
        Says("timeout", App(options => options.Timeout = TimeSpan.Zero));
        Says("maxConversations", App(options => options.MaxConversations = 0));
        Says("playground", App(options => options.Playground = true));
        Says("tenants", new() { Playground = true });
    }

    [Theory]
    [InlineData("control:url", "http://0.0.0.0:8081")]
    [InlineData("control:publicUrl", "https://approvals.example.com")]
    public async Task A_playground_that_others_could_reach_does_not_start(string setting, string value)
    {
        var wrong = await Assert.ThrowsAsync<OptionsValidationException>(
            () => Console.StartAsync(("teams:playground", "true"), ("teams:tenants", Other), (setting, value)));

        Assert.Contains($"{setting} is {value}", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_playground_is_an_alarm_and_on_every_page()
    {
        await using var console = await Console.StartAsync(("teams:playground", "true"), ("teams:tenants", Other));
        using var grace = await console.VisitAsync("grace");
        foreach (var path in new[] { "/readyz", "/", "/history", "/settings" })
        {
            using var answer = await grace.GetAsync(path);
            Assert.Contains(PlaygroundCheck.Notice, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        Assert.Contains(console.Errors, error => error.Contains(PlaygroundCheck.Notice, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_an_app_there_is_no_such_address()
    {
        await using var console = await Console.StartAsync();
        using var visitor = console.Visit();
        using var answer = await visitor.ApiAsync(HttpMethod.Post, "/api/messages", null, TeamsGround.Installation());

        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static TeamsOptions App(Action<TeamsOptions> change)
    {
        var options = new TeamsOptions { MicrosoftAppId = TeamsGround.App, MicrosoftAppTenantId = TeamsGround.Tenant, MicrosoftAppPassword = "x" };
        change(options);
        return options;
    }

    private static void Says(string setting, TeamsOptions options, params string[] also) => Assert.Equal(
        [.. also.Append(setting).Order()], options.Problems().Select(problem => problem[("teams:".Length)..problem.IndexOf(": ", StringComparison.Ordinal)]).Order());
}
