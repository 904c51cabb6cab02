using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using AiAccessProxy.Actions;

namespace AiAccessProxy.Tests.Forwarding;

public class StreamingTests
{
    [Fact]
    public async Task A_plain_body_streams_to_the_upstream_before_the_agent_has_sent_it_whole()
    {
        var firstHalf = new TaskCompletionSource();
        await using var upstream = RawUpstream.Start(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.ReadAsync("5\r\nfirst\r\n".Length);
            firstHalf.SetResult();
            await connection.ReadAsync("6\r\nsecond\r\n0\r\n\r\n".Length);
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        await using var host = await new ForwarderHost().StartAsync(upstream.Origin);
        using var agent = await RawAgent.ConnectAsync(host.Address);

        await agent.SendAsync("PUT /x HTTP/1.1\r\nHost: proxy.test\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n");
        await firstHalf.Task.WaitAsync(TestContext.Current.CancellationToken);
        await agent.SendAsync("6\r\nsecond\r\n0\r\n\r\n");

        await agent.ReadToEndAsync();
        var outcome = Assert.IsType<ActionOutcome.Answered>(await host.OutcomeAsync());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes("firstsecond"))), outcome.BodySha256);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n", "5\r\nfirst\r\n")]
    [InlineData("Content-Length: 100\r\n", "first")]
    public async Task A_body_that_breaks_off_is_not_taken_for_whole_by_the_upstream_and_no_hash_is_claimed(string framing, string half)
    {
        await using var upstream = RawUpstream.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"); // only if it was whole
        });
        await using var host = await new ForwarderHost().StartAsync(upstream.Origin);
        var agent = await RawAgent.ConnectAsync(host.Address);

        await agent.SendAsync($"PUT /x HTTP/1.1\r\nHost: proxy.test\r\n{framing}\r\n{half}");
        await upstream.ReceivedAsync(half);
        agent.Dispose();

        Assert.IsType<ActionOutcome.Unknown>(await host.OutcomeAsync());
        Assert.EndsWith(half, upstream.Connections.Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trace_goes_on_by_traceparent_alone()
    {
        await using var upstream = RawUpstream.Answering("HTTP/1.1 204 No Content\r\n\r\n");
        await using var host = await new ForwarderHost().StartAsync(upstream.Origin);
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);

        await RawAgent.CallAsync(
            host.Address, "GET /x", "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\ntracestate: a=words\r\nbaggage: b=words\r\n");

        var sent = upstream.Connections.Single().Text;
        var parent = Assert.Single(sent.Split("\r\n"), line => line.StartsWith("traceparent: ", StringComparison.Ordinal));
        Assert.StartsWith("traceparent: 00-0af7651916cd43dd8448eb211c80319c-", parent, StringComparison.Ordinal);
        Assert.DoesNotContain("b7ad6b7169203331", parent, StringComparison.Ordinal);
        Assert.DoesNotContain("words", sent, StringComparison.Ordinal);
    }
}
