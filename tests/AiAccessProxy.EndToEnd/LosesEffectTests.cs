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

    private static async Task<TimeSpan> UntilAsync(Func<Task<bool>> ask)
    {
        var started = TimeProvider.System.GetTimestamp();
        await Eventually.HoldsAsync(ask, "it loses effect");
        return TimeProvider.System.GetElapsedTime(started);
    }
}
