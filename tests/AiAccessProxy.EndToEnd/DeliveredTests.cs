using System.Text;
using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.EndToEnd;

/// <summary>
/// "Delivered" stands on record only when the agent's socket has taken the whole answer: what still lies in the proxy when the agent goes
/// away was never delivered, and an identical call is its repeat.
/// </summary>
public sealed class DeliveredTests : IDisposable
{
    private const int MoreThanTheKernelKeeps = 64 * 1024 * 1024;
    private const int WideOpen = int.MaxValue;

    private readonly PlaneTls _tls = new();

    public void Dispose() => _tls.Dispose();

    [Theory]
    [InlineData("short")]
    [InlineData("")]
    public async Task An_answer_over_HTTP2_that_went_out_whole_is_delivered(string answer)
    {
        await using var upstream = new RawUpstream(_ => Task.FromResult<byte[]?>(RawUpstream.Ok(answer)));
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait), _tls.Settings);
        await using var agent = await RawHttp2Agent.ConnectAsync(world.Proxy.Agents, _tls);
        await agent.RequestAsync(1, "GET", "/api/things", world.Policies.Bot);
        while (await agent.ReadAsync() is { } frame && !(frame.Stream == 1 && (frame.Flags & RawHttp2Agent.EndStream) != 0))
        {
        }

        Assert.Equal([true], await DeliveredAsync(world, 1));
    }

    [Fact]
    public async Task An_answer_that_HTTP2s_flow_control_holds_back_is_not_delivered()
    {
        await using var upstream = new RawUpstream(_ => Task.FromResult<byte[]?>(RawUpstream.Ok("short")));
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait), _tls.Settings);
        await using var agent = await RawHttp2Agent.ConnectAsync(world.Proxy.Agents, _tls, window: 4);
        await agent.RequestAsync(1, "GET", "/api/things", world.Policies.Bot);
        // All that the window lets through: one byte stays behind.
        Assert.Equal("shor"u8.ToArray(), await agent.UntilAsync(RawHttp2Agent.Data, 1));

        agent.Break();
        Assert.Equal([false], await DeliveredAsync(world, 1));
    }

    [Fact]
    public async Task An_answer_whose_stream_the_agent_resets_before_it_is_whole_is_not_delivered()
    {
        await using var upstream = new RawUpstream(_ => Task.FromResult<byte[]?>(RawUpstream.Ok("short")));
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait), _tls.Settings);
        await using var agent = await RawHttp2Agent.ConnectAsync(world.Proxy.Agents, _tls, window: 4);
        await agent.RequestAsync(1, "GET", "/api/things", world.Policies.Bot);
        await agent.UntilAsync(RawHttp2Agent.Data, 1);

        await agent.SendAsync(RawHttp2Agent.RstStream, 0, 1, [0, 0, 0, 8]);
        Assert.Equal([false], await DeliveredAsync(world, 1));
    }

    [Fact]
    public async Task A_short_answer_behind_a_full_socket_is_not_delivered_over_HTTP2()
    {
        long sent = 0;
        await using var upstream = new RawUpstream(
            request => Task.FromResult<byte[]?>(Head(IsLong(request) ? MoreThanTheKernelKeeps : 5)),
            request => Task.FromResult<byte[]?>(IsLong(request) ? new byte[MoreThanTheKernelKeeps] : "short"u8.ToArray()),
            request =>
            {
                if (!IsLong(request)) Interlocked.Increment(ref sent);
                return Task.FromResult<byte[]?>([]);
            });
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait), _tls.Settings);
        await using var agent = await RawHttp2Agent.ConnectAsync(world.Proxy.Agents, _tls, WideOpen, receiveBuffer: 4096);
        await agent.RequestAsync(1, "GET", "/api/long", world.Policies.Bot);
        await agent.UntilAsync(RawHttp2Agent.Data, 1);
        await OccasionAsync(world);
        await agent.RequestAsync(3, "GET", "/api/short", world.Policies.Bot);
        await Eventually.HoldsAsync(() => Interlocked.Read(ref sent) == 1, "the upstream has answered the short call");
        await OccasionAsync(world);

        agent.Break();
        Assert.Equal([false, false], await DeliveredAsync(world, 2));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_over_HTTP1_that_the_socket_has_not_taken_whole_is_not_delivered(bool overTls)
    {
        await using var upstream = new RawUpstream(
            _ => Task.FromResult<byte[]?>(Head(MoreThanTheKernelKeeps)), _ => Task.FromResult<byte[]?>(new byte[MoreThanTheKernelKeeps]));
        await using var world = await World.StartAsync(
            policies => policies.Route("api", upstream.Address, Rules.WritesWait), overTls ? _tls.Settings : []);
        var agent = new Agent(world.Proxy.Agents, world.Policies.Bot, overTls ? _tls : null);
        using (var answer = await agent.StreamAsync("/api/long"))
        {
            await OccasionAsync(world);
            agent.Dispose();
        }

        Assert.Equal([false], await DeliveredAsync(world, 1));
    }

    private static bool IsLong(RawRequest request) => request.Target == "/long";

    private static byte[] Head(int length) => Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n");

    /// <summary>Other requests have gone through from end to end: the proxy had every occasion to record what it believes delivered.</summary>
    private static async Task OccasionAsync(World world)
    {
        for (var i = 0; i < 3; i++) Assert.Equal(200, (await world.Reviewer("grace").GetAsync("/readyz")).Status);
    }

    private static async Task<IReadOnlyList<bool?>> DeliveredAsync(World world, int count)
    {
        var all = await world.Story.AllAsync(
            records => records.Count(record => record.Kind == RecordKind.CallExecuted) == count, $"{count} outcomes are on record");
        return [.. all.Where(record => record.Kind == RecordKind.CallExecuted).Select(record => record.Outcome!.Delivered)];
    }
}
