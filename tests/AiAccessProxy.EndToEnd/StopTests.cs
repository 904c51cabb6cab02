using System.Net;
using System.Net.Sockets;
using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.EndToEnd;

/// <summary>How long a stop takes: as long as the calls that are under way, or until somebody asks for it a second time; and nothing else holds it up.</summary>
public class StopTests
{
    [Fact]
    public async Task Nothing_but_a_call_that_is_under_way_holds_up_a_stop()
    {
        using var tls = new PlaneTls();
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(
            policies => policies.Route("api", upstream.Address, Rules.WritesWait),
            [.. tls.Settings, "--gate:limits:headerTime", "1s", "--gate:limits:handshakeTime", "1s", "--gate:limits:minRateGrace", "2s"]);
        using var agent = new Agent(world.Proxy.Agents, world.Policies.Bot, tls);
        using var over2 = new Agent(world.Proxy.Agents, world.Policies.Bot, tls, HttpVersion.Version20);
        var grace = world.Reviewer("grace");

        // Connections without a request, before and after a call; one in its handshake, and one in the middle of a head.
        Assert.Equal(200, (await agent.GetAsync("/api/things/1")).Status);
        Assert.Equal(200, (await over2.GetAsync("/api/things/2")).Status);
        using var console = await ConnectAsync(world.Proxy.Console, "");
        using var handshake = await ConnectAsync(world.Proxy.Agents, "\u0016\u0003\u0001");
        using var head = await ConnectAsync(world.Proxy.Console, "GET /readyz HTTP/1.1\r\nHost: 127.0.0.1");
        // Those that wait for news: a held call, a long poll, and both streams of the console.
        var held = agent.DeleteAsync("/api/things/3");
        var poll = over2.GetAsync($"/.ai-access/tickets/{await grace.OnlyPendingAsync(held)}?wait=600");
        using var key = new HttpClient { BaseAddress = world.Proxy.Console };
        key.DefaultRequestHeaders.Authorization = new("Bearer", world.Policies.KeyOf("grace").Text);
        using var events = await key.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, events.StatusCode);

        Assert.Equal(0, await world.Proxy.StopAsync());

        Assert.Equal("403 approval-pending", (await held).Said);
        Assert.Equal(202, (await poll).Status);
        Assert.Equal(RecordKind.Stopped, (await world.Story.AllAsync())[^1].Kind);
    }

    [Fact]
    public async Task Told_a_second_time_it_waits_for_no_call_any_more()
    {
        var never = new TaskCompletionSource<byte[]?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = new RawUpstream(_ => never.Task);
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait), "--approvals:drain", "10m");
        var (agent, grace) = (world.Agent(), world.Reviewer("grace"));
        var sending = agent.DeleteAsync("/api/things/1");
        var ticket = await grace.OnlyPendingAsync(sending);
        Assert.Equal(200, (await grace.ApproveAsync(ticket)).Status);
        await Eventually.HoldsAsync(() => upstream.Requests.Count == 1, "the approved call is with its upstream");

        Assert.True(world.Proxy.Tell());
        await Eventually.HoldsAsync(() => world.Proxy.Log.Contains("Told to stop: ", StringComparison.Ordinal), "it knows that it is to stop");
        // Two that come together count as one. Its clock began to run before it said so, and once it ends it must not be told any more.
        await Task.Delay(TimeSpan.FromSeconds(2.1), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.True(world.Proxy.Tell());

        Assert.Equal(130, await world.Proxy.ExitAsync());
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => sending);
        Assert.Contains("Told to stop a second time", world.Proxy.Log, StringComparison.Ordinal);
        Assert.Equal(RecordKind.Stopped, (await world.Story.AllAsync())[^1].Kind);
        await world.RestartAsync();
        Assert.Contains(await world.Story.AllAsync(), record => record.Kind == RecordKind.CallUnknown && record.Ticket == ticket);
        Assert.Single(upstream.Requests);
    }

    private static async Task<TcpClient> ConnectAsync(Uri plane, string first)
    {
        var client = new TcpClient();
        await client.ConnectAsync(plane.Host, plane.Port, TestContext.Current.CancellationToken);
        if (first.Length > 0) await client.GetStream().WriteAsync(System.Text.Encoding.Latin1.GetBytes(first), TestContext.Current.CancellationToken);
        return client;
    }
}
