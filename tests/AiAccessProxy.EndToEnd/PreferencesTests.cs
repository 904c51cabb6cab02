using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd;

/// <summary>How an agent says, or its route says for it, what it wants while nobody has decided; and what it may do with its own tickets.</summary>
public class PreferencesTests
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:9");

    [Theory]
    [InlineData("respond-async")]
    [InlineData("wait=1")]
    [InlineData("wait=0")]
    [InlineData("respond-async, wait=5")]
    public async Task A_preference_gets_a_task_to_poll_and_never_a_Location(string prefer)
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait));
        var (bot, grace) = (world.Agent(), world.Reviewer("grace"));

        var accepted = await bot.SendAsync("POST", "/api/things", """{"n":1}""", default, ("Prefer", prefer));
        Assert.Equal(202, accepted.Status);
        Assert.False(accepted.Headers.ContainsKey("Location"));
        Assert.Equal($"<{accepted.Json.GetProperty("status_endpoint").GetString()}>; rel=\"status\"", accepted.Headers["Link"]);
        Assert.True(int.Parse(accepted.Headers["Retry-After"], null) > 0);
        Assert.Equal("pending", accepted.Json.GetProperty("status").GetString());
        Assert.Equal("none", accepted.Json.GetProperty("execution").GetString());
        Assert.False(accepted.Json.GetProperty("executed").GetBoolean());

        var status = new Uri(accepted.Json.GetProperty("status_endpoint").GetString()!);
        Assert.Equal(202, (await bot.GetAsync(status.PathAndQuery)).Status);
        var poll = bot.GetAsync(status.PathAndQuery + "?wait=60");
        await grace.ApproveAsync(accepted.Ticket);
        Assert.Equal((200, "approved"), ((await poll).Status, (await poll).Json.GetProperty("status").GetString()));
        Assert.Empty(upstream.Requests);

        Assert.Equal("request 1", (await bot.SendAsync("POST", "/api/things", """{"n":1}""", default, ("Prefer", prefer))).Body);
        var done = await bot.GetAsync(status.PathAndQuery);
        Assert.True(done.Json.GetProperty("executed").GetBoolean());
        Assert.Equal("executed", done.Json.GetProperty("execution").GetString());
    }

    [Fact]
    public async Task A_preference_that_is_not_ours_is_the_upstreams()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait));
        var (bot, grace) = (world.Agent(), world.Reviewer("grace"));

        var held = bot.SendAsync("POST", "/api/things", "{}", default, ("Prefer", "return=minimal"));
        await grace.ApproveAsync(await grace.OnlyPendingAsync());
        Assert.Equal(200, (await held).Status);
        Assert.Equal("return=minimal", Assert.Single(upstream.Requests).Header("Prefer"));
    }

    [Theory]
    [InlineData("refuse", "403 approval-pending")]
    [InlineData("accepted", "202")]
    [InlineData("retry", "503 approval-pending")]
    public async Task A_route_says_what_is_answered_at_the_end_of_a_hold(string whenPending, string said)
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route(
            "api", upstream.Address, Rules.WritesWait, more: $"hold: 1s\nwhen_pending: {whenPending}"));
        var (bot, grace) = (world.Agent(), world.Reviewer("grace"));

        var first = await bot.DeleteAsync("/api/things/1");
        Assert.Equal(said, first.Said);
        Assert.Equal(whenPending == "retry" || whenPending == "accepted", first.Headers.ContainsKey("Retry-After"));
        Assert.False(first.Headers.ContainsKey("x-should-retry"));
        var again = await bot.DeleteAsync("/api/things/1");
        Assert.Equal((said, first.Ticket), (again.Said, again.Ticket));

        await grace.ApproveAsync(await grace.OnlyPendingAsync());
        Assert.Equal("request 1", (await bot.DeleteAsync("/api/things/1")).Body);
    }

    [Fact]
    public async Task An_agent_withdraws_its_own_ticket_and_nobody_can_approve_it_any_more()
    {
        await using var world = await World.StartAsync(policies => policies.Route("api", Nowhere, Rules.WritesWait));
        var (bot, other, grace) = (world.Agent(), world.Agent(world.Policies.Other), world.Reviewer("grace"));
        var held = bot.DeleteAsync("/api/things/1");
        var ticket = await grace.OnlyPendingAsync();

        Assert.Equal("404 unknown-ticket", (await other.SendAsync("POST", $"/.ai-access/tickets/{ticket}/cancel", null)).Said);
        Assert.Equal("405 method-not-allowed", (await bot.GetAsync($"/.ai-access/tickets/{ticket}/cancel")).Said);
        var cancelled = await bot.SendAsync("POST", $"/.ai-access/tickets/{ticket}/cancel", null);
        Assert.Equal((200, "cancelled"), (cancelled.Status, cancelled.Json.GetProperty("status").GetString()));
        Assert.Equal("403 approval-cancelled", (await held).Said);
        Assert.Equal(409, (await grace.ApproveAsync(ticket)).Status);
        Assert.Empty(await grace.PendingAsync());
    }

    [Fact]
    public async Task An_idempotency_key_names_one_call_and_its_repeats_are_told_what_became_of_it()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait));
        var (bot, grace) = (world.Agent(), world.Reviewer("grace"));
        Task<Answer> Send(string body, string key) => bot.SendAsync("POST", "/api/things", body, default, ("Idempotency-Key", key));

        var first = Send("""{"n":1}""", "k-1");
        var ticket = await grace.OnlyPendingAsync();
        Assert.Equal("422 idempotency-key-reused", (await Send("""{"n":2}""", "k-1")).Said);
        var other = Send("""{"n":1}""", "k-2");
        Assert.Equal(2, (await grace.PendingAsync(2)).Count);

        await grace.ApproveAsync(ticket);
        Assert.Equal("request 1", (await first).Body);
        var repeat = await Send("""{"n":1}""", "k-1");
        Assert.Equal(("422 already-executed", ticket), (repeat.Said, repeat.Ticket));
        Assert.Equal("422 idempotency-key-reused", (await Send("""{"n":2}""", "k-1")).Said);
        Assert.False(other.IsCompleted);
        Assert.Equal("k-1", Assert.Single(upstream.Requests).Header("Idempotency-Key"));
        await grace.DenyAsync(await grace.OnlyPendingAsync(), "once is enough");
        Assert.Equal("403 denied-by-reviewer", (await other).Said);
    }

    [Fact]
    public async Task A_call_without_a_key_may_be_wanted_again_once_its_answer_has_arrived_whole()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait));
        var (bot, grace) = (world.Agent(), world.Reviewer("grace"));

        for (var run = 1; run <= 2; run++)
        {
            var call = bot.DeleteAsync("/api/things/1");
            await grace.ApproveAsync(await grace.OnlyPendingAsync());
            Assert.Equal($"request {run}", (await call).Body);
        }

        Assert.Equal(2, (await world.Story.AllAsync()).Count(record => record.Kind == "ticket.opened"));
    }
}
