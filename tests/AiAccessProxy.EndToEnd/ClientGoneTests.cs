using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd;

/// <summary>An agent that leaves while it is held loses nothing, and nothing is sent behind its back.</summary>
public class ClientGoneTests
{
    [Fact]
    public async Task The_ticket_of_a_client_that_left_lives_and_its_repeat_after_approval_goes_straight_through()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(
            policies => policies.Route("api", upstream.Address, Rules.WritesWait), "--approvals:maxHeldPerAgent", "1");
        var (bot, grace) = (world.Agent(), world.Reviewer("grace"));

        using var leaving = new CancellationTokenSource();
        var left = bot.PostAsync("/api/things", """{"n":1}""", leaving.Token);
        var ticket = await grace.OnlyPendingAsync();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        // One call may be held: when another one is, the proxy has noticed that the first is gone.
        await Eventually.HoldsAsync(
            async () => (await bot.SendAsync("POST", "/api/things", """{"n":2}""", default, ("Prefer", "wait=1"))).Status == 202,
            "the held call's place is free");

        Assert.Equal(200, (await grace.ApproveAsync(ticket)).Status);
        Assert.Equal("approved", (await bot.GetAsync($"/.ai-access/tickets/{ticket}")).Json.GetProperty("status").GetString());
        Assert.Empty(upstream.Requests);

        var repeat = await bot.PostAsync("/api/things", """{"n":1}""");
        Assert.Equal((200, "request 1"), (repeat.Status, repeat.Body));
        Assert.Equal("""{"n":1}"""u8.ToArray(), Assert.Single(upstream.Requests).Body);
        Assert.Equal(
            ["ticket.opened", "vote.approve", "ticket.approved", "ticket.executing", "call.executed"],
            (await world.Story.OfSentAsync(ticket)).Select(record => record.Kind));
    }

    [Fact]
    public async Task A_client_that_leaves_once_its_call_is_executing_stops_nothing()
    {
        var received = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = new RawUpstream(async request =>
        {
            received.TrySetResult();
            await answer.Task;
            return RawUpstream.Ok($"request {request.Number}");
        });
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait));
        var (bot, grace) = (world.Agent(), world.Reviewer("grace"));

        using var leaving = new CancellationTokenSource();
        var left = bot.DeleteAsync("/api/things/1", leaving.Token);
        var ticket = await grace.OnlyPendingAsync();
        await grace.ApproveAsync(ticket);
        await received.Task.WaitAsync(Eventually.Generous, TimeProvider.System);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        answer.SetResult();

        // Its answer reached nobody whole, so the identical call is its repeat and not a new wish.
        var repeat = await bot.DeleteAsync("/api/things/1");
        Assert.Equal("422 already-executed", repeat.Said);
        Assert.Equal(ticket, repeat.Ticket);
        Assert.Equal(200, repeat.Json.GetProperty("task").GetProperty("result").GetProperty("upstream_status").GetInt32());
        Assert.Single(upstream.Requests);
    }
}
