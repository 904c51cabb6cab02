using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd;

/// <summary>
/// A revoked key, a suspended agent and a removed member of a group lose effect within two seconds. That it cannot take longer is held on a
/// clock that is told when to move (<c>SuspensionTests</c>); here it is measured, with a bound that only a broken program misses.
/// </summary>
public class LosesEffectTests
{
    [Fact]
    public async Task A_suspended_agent_and_a_revoked_key_are_refused_and_nothing_of_them_is_used()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait, "hold: 0s"));
        using var operators = new Operator(world.Proxy.Console, world.Policies.KeyOf("mallory"));
        var (bot, other, grace) = (world.Agent(), world.Agent(world.Policies.Other), world.Reviewer("grace"));
        var ticket = (await bot.DeleteAsync("/api/one")).Ticket;
        Assert.Equal(200, (await grace.ApproveAsync(ticket)).Status);
        Assert.Equal(200, (await bot.GetAsync("/api/x")).Status);

        Assert.Equal(200, (await operators.PostAsync("/api/v1/agents/bot/suspend", new { reason = "it runs wild" })).Status);
        var suspended = await UntilAsync(async () => (await bot.GetAsync("/api/x")).Said == "403 agent-suspended");
        Assert.Equal("403 agent-suspended", (await bot.DeleteAsync("/api/one")).Said);
        Assert.Equal("403 agent-suspended", (await bot.DeleteAsync("/api/two")).Said);
        Assert.Equal("approved", (await bot.GetAsync($"/.ai-access/tickets/{ticket}")).Json.GetProperty("status").GetString());
        Assert.Equal("403 agent-suspended", (await bot.PostAsync($"/.ai-access/tickets/{ticket}/cancel", "")).Said);
        Assert.Equal(200, (await other.GetAsync("/api/x")).Status);
        Assert.DoesNotContain(upstream.Requests, request => request.Method == "DELETE");

        await operators.PostAsync("/api/v1/agents/bot/resume", new { });
        Assert.Equal(200, (await bot.DeleteAsync("/api/one")).Status);
        Assert.Equal(200, (await operators.PostAsync("/api/v1/agents/bot/keys/own/revoke", new { })).Status);
        var revoked = await UntilAsync(async () => (await bot.GetAsync("/api/x")).Said == "401 unknown-agent");
        Assert.Equal(200, (await world.Agent(world.Policies.BotForJoan).GetAsync("/api/x")).Status);
        TestContext.Current.TestOutputHelper?.WriteLine($"suspended {suspended.TotalMilliseconds:0} ms, revoked {revoked.TotalMilliseconds:0} ms");
    }

    [Fact]
    public async Task Somebody_who_left_a_group_and_a_personal_key_that_was_taken_away_decide_nothing_any_more()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait, "hold: 0s"));
        var (grace, hugo) = (world.Reviewer("grace"), world.Reviewer("hugo"));
        var ticket = (await world.Agent().DeleteAsync("/api/one")).Ticket;
        Assert.True((await grace.GetAsync($"/api/v1/tickets/{ticket}")).Json.GetProperty("may_approve").GetBoolean());
        var people = await File.ReadAllTextAsync(Path.Combine(world.Policies.Path, "people.yaml"), TestContext.Current.CancellationToken);

        world.Policies.Write("people.yaml", people.Replace("[ada, grace, hugo, joan]", "[ada, hugo, joan]", StringComparison.Ordinal));
        var left = await UntilAsync(async () => !(await grace.GetAsync($"/api/v1/tickets/{ticket}")).Json.GetProperty("may_approve").GetBoolean());
        Assert.Equal("403 not-entitled", (await grace.ApproveAsync(ticket)).Said);

        world.Policies.Write("people.yaml", people.Replace(world.Policies.KeyOf("hugo").Sha256, Key.New().Sha256, StringComparison.Ordinal));
        var taken = await UntilAsync(async () => (await hugo.GetAsync("/api/v1/whoami")).Status == 401);
        Assert.Equal("401 unknown-key", (await hugo.ApproveAsync(ticket)).Said);
        Assert.Single(await grace.PendingAsync());
        TestContext.Current.TestOutputHelper?.WriteLine($"left the group {left.TotalMilliseconds:0} ms, key taken away {taken.TotalMilliseconds:0} ms");
    }

    [Fact]
    public async Task A_key_that_is_revoked_while_the_issuer_of_a_token_beside_it_is_slow_sends_nothing()
    {
        await using var upstream = new RawUpstream();
        using var issuer = new TcpListener(IPAddress.Loopback, 0);
        issuer.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)issuer.LocalEndpoint).Port}";
        await using var world = await World.StartAsync(
            policies =>
            {
                policies.Route("api", upstream.Address, Rules.WritesWait, "agent_key: [ai-access-token, authorization]");
                policies.Write("agents.yaml", $$"""
                    version: 1
                    issuers: [{ id: slow, url: "{{url}}", audience: "urn:agents" }]
                    agents: [{ id: bot, owner: person:ada, keys: [{ id: own, sha256: "{{policies.Bot.Sha256}}" }], tokens: [{ issuer: slow, claims: { azp: bot } }] }]

                    """);
            },
            "--tokens:timeout", "1m");
        using var operators = new Operator(world.Proxy.Console, world.Policies.KeyOf("mallory"));
        var bot = world.Agent();
        var token = $"{Part(new { alg = "RS256", kid = "k" })}.{Part(new { iss = url, aud = "urn:agents", azp = "bot", exp = 4_000_000_000 })}.AAAA";
        var call = bot.SendAsync("GET", "/api/x", null, TestContext.Current.CancellationToken, ("Authorization", $"Bearer {token}"));
        var asked = await issuer.AcceptTcpClientAsync(TestContext.Current.CancellationToken);

        Assert.Equal(200, (await operators.PostAsync("/api/v1/agents/bot/keys/own/revoke", new { })).Status);
        issuer.Stop();
        asked.Dispose();

        Assert.Equal("401 unknown-agent", (await call).Said);
        Assert.Empty(upstream.Requests);

        static string Part(object members) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(members));
    }

    private static async Task<TimeSpan> UntilAsync(Func<Task<bool>> ask)
    {
        var started = TimeProvider.System.GetTimestamp();
        await Eventually.HoldsAsync(ask, "it loses effect");
        return TimeProvider.System.GetElapsedTime(started);
    }
}
