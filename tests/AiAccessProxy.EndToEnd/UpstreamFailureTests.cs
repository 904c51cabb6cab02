using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.EndToEnd;

/// <summary>What an agent is told when the upstream cannot be reached or does not answer, and what its repeat does then.</summary>
public class UpstreamFailureTests
{
    private static readonly string[] Sent = [RecordKind.TicketExecuting, RecordKind.CallUnknown];

    [Fact]
    public async Task An_approved_call_that_could_not_be_sent_is_told_so_and_its_repeat_asks_anew()
    {
        var gone = new RawUpstream();
        await gone.DisposeAsync();
        await using var world = await World.StartAsync(policies => policies.Route("api", gone.Address, Rules.WritesWait));
        var (bot, grace) = (world.Agent(), world.Reviewer("grace"));

        var held = bot.DeleteAsync("/api/things/1");
        var first = await grace.OnlyPendingAsync();
        await grace.ApproveAsync(first);
        Assert.Equal("502 not-sent", (await held).Said);
        Assert.True((await held).Json.GetProperty("retryable").GetBoolean());
        Assert.Contains(await world.Story.OfSentAsync(first), record => record.Kind == RecordKind.CallFailed);

        var repeat = await bot.SendAsync("DELETE", "/api/things/1", null, default, ("Prefer", "respond-async"));
        Assert.Equal(202, repeat.Status);
        Assert.NotEqual(first, repeat.Ticket);
        Assert.Equal([repeat.Ticket], await grace.PendingAsync());
    }

    [Fact]
    public async Task An_upstream_that_never_answers_leaves_the_outcome_unknown_and_is_not_asked_again()
    {
        await using var upstream = new RawUpstream(_ => new TaskCompletionSource<byte[]?>().Task);
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait));
        ShortTimeout(world.Policies, upstream.Address);
        var (bot, grace) = (world.Agent(), world.Reviewer("grace"));
        await world.Story.AllAsync(records => records.Count(record => record.Kind == RecordKind.PolicyLoaded) == 2, "the shorter time-out is in force");

        var held = bot.DeleteAsync("/api/things/1");
        var ticket = await grace.OnlyPendingAsync();
        await grace.ApproveAsync(ticket);
        Assert.Equal("502 outcome-unknown", (await held).Said);
        Assert.False((await held).Json.GetProperty("retryable").GetBoolean());
        Assert.Equal("422 already-executed", (await bot.DeleteAsync("/api/things/1")).Said);
        Assert.Equal(Sent, (await world.Story.OfSentAsync(ticket)).Select(record => record.Kind).Where(Sent.Contains));
        Assert.Single(upstream.Requests);
    }

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("localhost", false)]
    [InlineData("127.0.0.1", true)]
    public async Task No_route_leads_back_into_the_proxy(string host, bool toConsole)
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait));
        var port = (toConsole ? world.Proxy.Console : world.Proxy.Agents).Port;
        world.Policies.Route("loop", new UriBuilder("http", host, port).Uri, Rules.ReadsPass);
        var bot = world.Agent();
        await world.Story.AllAsync(records => records.Count(record => record.Kind == RecordKind.PolicyLoaded) == 2, "the route is there");

        foreach (var target in new[] { "/loop/api/things", "/loop/livez", "/loop/.ai-access/tickets/t_1" })
            Assert.Equal("502 not-sent", (await bot.GetAsync(target)).Said);
        Assert.Empty(upstream.Requests);
    }

    private static void ShortTimeout(PolicyFolder policies, Uri upstream)
    {
        policies.Route("api", upstream, Rules.WritesWait);
        var path = Path.Combine(policies.Path, "api.yaml");
        policies.Write("api.yaml", File.ReadAllText(path).Replace("timeout: 30s", "timeout: 1s", StringComparison.Ordinal));
    }
}
