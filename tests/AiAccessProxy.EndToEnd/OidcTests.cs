using AiAccessProxy.EndToEnd.Harness;
using Microsoft.Playwright;

namespace AiAccessProxy.EndToEnd;

/// <summary>Agents and people prove themselves by a real OpenID provider; the people in a real Chromium, the provider on another site than the console.</summary>
public class OidcTests(Browser browser) : IClassFixture<Browser>
{
    private const string Audience = "urn:agents";

    [Fact]
    public async Task A_person_signs_in_at_the_provider_approves_the_call_of_an_agent_with_a_token_and_signs_out_everywhere()
    {
        await using var upstream = new RawUpstream();
        var console = new Uri($"http://localhost:{OidcProvider.FreePort()}");
        await using var provider = await OidcProvider.StartAsync(console);
        await using var world = await StartAsync(upstream, console, provider);
        using var agent = new Agent(world.Proxy.Agents, new Key(await provider.AgentTokenAsync(Audience)));
        var held = agent.DeleteAsync("/api/things/1");
        var ticket = await world.Reviewer("hugo").OnlyPendingAsync();

        var page = await browser.NewPageAsync();
        await StayAsync(page);
        await page.GotoAsync(new Uri(console, $"/tickets/{ticket}").AbsoluteUri);
        await SignInAsync(page, "grace-at-the-provider");
        await page.ClickAsync("form#approve button");

        Assert.Equal("request 1", (await held).Body);
        var records = await world.Story.OfSentAsync(ticket);
        Assert.Contains(records, record => record.Kind == "ticket.opened" && record.Agent is { Id: "bot", OnBehalfOf: null, Authenticated: "token:provider" });
        Assert.Contains(records, record => record.Kind == "vote.approve" && record.Reviewer is { Id: "grace", Authenticated: "oidc:127.0.0.1" });
        Assert.Contains(await world.Story.AllAsync(), record => record.Kind == "person.signed_in" && record.Reviewer is { Id: "grace", Authenticated: "oidc:127.0.0.1" });

        await page.ClickAsync(".who button");
        await page.ClickAsync("button[name=logout]");
        await page.Locator("#provider").WaitForAsync();
        await page.GotoAsync(console.AbsoluteUri);
        await page.ClickAsync("#provider");
        // The provider asks again who it is.
        await page.Locator("[name=login]").WaitForAsync();
    }

    [Fact]
    public async Task Somebody_whom_only_the_provider_knows_gets_no_session()
    {
        await using var upstream = new RawUpstream();
        var console = new Uri($"http://localhost:{OidcProvider.FreePort()}");
        await using var provider = await OidcProvider.StartAsync(console);
        await using var world = await StartAsync(upstream, console, provider);
        var page = await browser.NewPageAsync();
        await StayAsync(page);

        await page.GotoAsync(console.AbsoluteUri);
        await SignInAsync(page, "eve");

        Assert.Contains("eve", await page.Locator("[data-problem=unknown-person]").InnerTextAsync(), StringComparison.Ordinal);
        await page.GotoAsync(console.AbsoluteUri);
        await page.Locator("#provider").WaitForAsync();
    }

    [Fact]
    public async Task A_real_token_is_worth_nothing_on_the_other_plane_for_another_audience_or_when_it_was_changed()
    {
        await using var upstream = new RawUpstream();
        var console = new Uri($"http://localhost:{OidcProvider.FreePort()}");
        await using var provider = await OidcProvider.StartAsync(console);
        // The program is listed as a person, so that only what it is keeps it out.
        await using var world = await StartAsync(upstream, console, provider, ada: "bot");
        var token = await provider.AgentTokenAsync(Audience);

        using (var agent = new Agent(world.Proxy.Agents, new Key(token))) Assert.Equal("request 1", (await agent.GetAsync("/api/things")).Body);
        foreach (var bad in new[] { await provider.AgentTokenAsync("urn:people"), await provider.AgentTokenAsync("urn:others"), token[..^10] + "AAAAAAAAAA", token + "." })
        {
            using var agent = new Agent(world.Proxy.Agents, new Key(bad));
            Assert.Equal(401, (await agent.GetAsync("/api/things")).Status);
        }

        using var asAgent = new Reviewer(world.Proxy.Console, "bot", new Key(token));
        using var asPerson = new Reviewer(world.Proxy.Console, "bot", new Key(await provider.AgentTokenAsync("urn:people")));
        Assert.Equal(403, (await asAgent.GetAsync("/api/v1/tickets")).Status);
        Assert.Equal(403, (await asPerson.GetAsync("/api/v1/tickets")).Status);
        Assert.Single(upstream.Requests);
    }

    [Theory]
    [InlineData("agents.yaml:3: issuers[0].audience: \"urn:people\" is the audience of the control plane", "--control:oidc:audience", "urn:people")]
    [InlineData("agents.yaml:3: issuers[0].audience: \"urn:people\" is the audience of the control plane", "--control:oidc:clientId", "urn:people", "--control:publicUrl", "http://localhost:1")]
    [InlineData("control:local: people sign in by control:oidc:issuer", "--control:oidc:audience", "urn:others", "--local", "grace")]
    [InlineData("control:publicUrl: the provider sends people back there", "--control:oidc:clientId", "console")]
    public async Task A_start_is_refused_in_which_something_would_prove_both_or_nothing(string said, params string[] settings)
    {
        using var scratch = new Scratch();
        var policies = new PolicyFolder(scratch.Folder("policies")).Route("api", new Uri("http://127.0.0.1:1"), Rules.WritesWait);
        policies.Write("agents.yaml", """
            version: 1
            issuers:
              - { id: provider, url: "https://login.example.com", audience: "urn:people" }
            agents: [{ id: bot, owner: person:ada, tokens: [{ issuer: provider, claims: { client_id: bot } }] }]

            """);

        await using var child = ProxyProcess.Launch(policies.Path, World.DataIn(scratch), ["--control:oidc:issuer", "https://login.example.com", .. settings]);

        Assert.Equal(2, await child.ExitAsync(Eventually.Generous));
        Assert.Single(child.Errors.Split('\n'), line => line.Contains(said, StringComparison.Ordinal));
    }

    private static Task<World> StartAsync(RawUpstream upstream, Uri console, OidcProvider provider, string ada = "nobody") => World.StartAsync(
        policies =>
        {
            policies.Route("api", upstream.Address, Rules.WritesWait);
            policies.Write("agents.yaml", $$"""
                version: 1
                issuers: [{ id: provider, url: "{{provider.Issuer}}", audience: "{{Audience}}", on_behalf_of: sub }]
                agents: [{ id: bot, owner: person:ada, tokens: [{ issuer: provider, claims: { client_id: bot } }] }]

                """);
            policies.Write("people.yaml", $$"""
                version: 1
                people:
                  - { id: ada, name: Ada, oidc: [{ issuer: "{{provider.Issuer}}", subject: {{ada}} }] }
                  - { id: grace, name: Grace, oidc: [{ issuer: "{{provider.Issuer}}", subject: grace-at-the-provider }] }
                  - { id: hugo, name: Hugo, keys: [{ id: laptop, sha256: "{{policies.KeyOf("hugo").Sha256}}" }] }
                groups: { reviewers: [grace, hugo] }

                """);
        },
        "--control:url", $"http://127.0.0.1:{console.Port}", "--control:publicUrl", console.GetLeftPart(UriPartial.Authority),
        "--control:oidc:issuer", provider.Issuer, "--control:oidc:clientId", "console", "--control:oidc:clientSecret", OidcProvider.ConsoleSecret,
        "--control:oidc:audience", "urn:people", "--control:oidc:name", "the provider");

    /// <summary>The provider's forms ask for letters from elsewhere, and no test goes there.</summary>
    private static Task StayAsync(IPage page) =>
        page.RouteAsync(url => new Uri(url) is { Scheme: "http" or "https", IsLoopback: false }, route => route.AbortAsync());

    private static async Task SignInAsync(IPage page, string login)
    {
        await page.ClickAsync("#provider");
        await page.FillAsync("[name=login]", login);
        await page.FillAsync("[name=password]", "any");
        await page.ClickAsync("button[type=submit]");
        await page.ClickAsync("input[name=prompt][value=consent] ~ button");
    }
}
