using System.Text;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Files;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Control.Oidc;

public class OidcOptionsTests
{
    [Theory]
    [InlineData("control:oidc:clientId", "there is no control:oidc:issuer", "clientId=c")]
    [InlineData("control:oidc:audience", "there is no control:oidc:issuer", "audience=a")]
    [InlineData("control:oidc:clientSecret", "there is no control:oidc:issuer", "clientSecret=s")]
    [InlineData("control:oidc:issuer", "is not https", "issuer=http://login.example.com;audience=a")]
    [InlineData("control:oidc:issuer", "is no URL", "issuer=login;audience=a")]
    [InlineData("control:oidc:issuer", "there is neither", "issuer=https://login.example.com")]
    [InlineData("control:oidc:audience", "is control:oidc:clientId too", "issuer=https://login.example.com;clientId=c;audience=c;publicUrl=https://a.example")]
    [InlineData("control:oidc:clientSecret", "there is no control:oidc:clientId", "issuer=https://login.example.com;audience=a;clientSecret=s")]
    [InlineData("control:oidc:scopes", "openid is not among them", "issuer=https://login.example.com;audience=a;scopes=profile")]
    [InlineData("control:publicUrl", "the provider sends people back there", "issuer=https://login.example.com;clientId=c")]
    [InlineData("control:publicUrl", "is not https", "issuer=https://login.example.com;clientId=c;publicUrl=http://a.example")]
    [InlineData("control:local", "would go past that", "issuer=https://login.example.com;audience=a;local=grace")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string setting, string why, string given)
    {
        var settings = given.Split(';').Select(one => one.Split('=', 2))
            .Select(one => (one[0] is "publicUrl" or "local" ? $"control:{one[0]}" : $"control:oidc:{one[0]}", (string?)one[1]));

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => Console.StartAsync([.. settings]));

        var failure = Assert.Single(refused.Failures);
        Assert.StartsWith(setting + ": ", failure, StringComparison.Ordinal);
        Assert.Contains(why, failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("console")]
    [InlineData("api://control")]
    public async Task Files_in_which_agents_share_an_audience_with_this_plane_are_refused(string audience)
    {
        await using var world = await OidcWorld.StartAsync();
        var agents = $$"""
            version: 1
            issuers: [{ id: entra, url: "https://login.example.com", audience: "{{audience}}" }]
            agents: [{ id: bot, owner: person:ada, tokens: [{ issuer: entra, claims: { azp: x } }] }]
            """;

        var load = PolicyFiles.Load(
            new PolicyFolder(
            [
                (PolicyFolder.Agents, Encoding.UTF8.GetBytes(agents)), ("api.yaml", Encoding.UTF8.GetBytes(Some.RouteYaml("- { id: a, effect: deny, match: { paths: [\"/**\"] } }"))),
                (PolicyFolder.People, Encoding.UTF8.GetBytes(Some.PeopleYaml)),
            ]),
            foreign: world.Console.Of<IOptions<PolicyOptions>>().Value.ControlAudiences);

        var problem = Assert.Single(Assert.IsType<PolicyLoad.Refused>(load).Problems);
        Assert.Equal(("agents.yaml", "issuers[0].audience"), (problem.File, problem.Field));
        Assert.Contains("is the audience of the control plane", problem.Message, StringComparison.Ordinal);
    }
}
