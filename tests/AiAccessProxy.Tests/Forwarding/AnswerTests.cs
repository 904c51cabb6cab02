using AiAccessProxy.Actions;

namespace AiAccessProxy.Tests.Forwarding;

/// <summary>The upstream's answer comes back as it is, errors and streaming included.</summary>
public class AnswerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_answer_comes_back_whole_with_the_record_and_without_what_belongs_to_the_connection(bool privileged)
    {
        await using var upstream = RawUpstream.Answering(
            "HTTP/1.1 418 Short And Stout\r\nContent-Type: text/plain\r\nContent-Length: 5\r\nX-Api: one\r\nX-Api: two\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\n"
            + "X-Name: caf\xe9 \xff\r\nLocation: http://upstream.test/x\r\nAiAccess-Record: forged\r\naiaccess-status: forged\r\nConnection: X-Hop\r\nX-Hop: gone\r\nKeep-Alive: timeout=9\r\n\r\nhello");
        await using var host = await new ForwarderHost { IsPrivileged = privileged }.StartAsync(upstream.Origin);

        var answer = await RawAgent.CallAsync(host.Address, "GET /a");

        var outcome = Assert.IsType<ActionOutcome.Answered>(await host.OutcomeAsync());
        Assert.Equal((418, 5, true), (outcome.Status, outcome.ResponseBytes, outcome.Delivered));
        Assert.StartsWith("HTTP/1.1 418 Short And Stout\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nhello", answer, StringComparison.Ordinal);
        foreach (var line in new[] { "X-Api: one", "X-Api: two", "Set-Cookie: a=b", "Set-Cookie: c=d", "X-Name: caf\xe9 \xff", "Location: http://upstream.test/x", "Content-Length: 5" })
            Assert.Contains($"\r\n{line}\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("forged", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Hop", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Keep-Alive", answer, StringComparison.Ordinal);
        var record = Assert.Single(answer.Split("\r\n"), line => line.StartsWith("AiAccess-Record: ", StringComparison.Ordinal));
        Assert.Equal(7, Guid.Parse(record["AiAccess-Record: ".Length..]).Version);
    }

    [Theory]
    [InlineData("HTTP/1.1 301 Moved\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n", 301)]
    [InlineData("HTTP/1.1 407 Proxy\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n", 407)]
    [InlineData("HTTP/1.1 401 Who\r\nWWW-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n", 401)]
    [InlineData("HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n", 503)]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n", 204)]
    [InlineData("HTTP/1.1 103 Early\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200)]
    public async Task Whatever_the_upstream_says_it_is_asked_once(string answer, int status)
    {
        await using var upstream = RawUpstream.Answering(answer);
        await using var host = await new ForwarderHost { IsPrivileged = true }.StartAsync(upstream.Origin);

        Assert.StartsWith($"HTTP/1.1 {status} ", await RawAgent.CallAsync(host.Address, "POST /a"), StringComparison.Ordinal);
        Assert.Equal(status, Assert.IsType<ActionOutcome.Answered>(await host.OutcomeAsync()).Status);
        Assert.Equal(1, upstream.Requests);
    }

    [Fact]
    public async Task An_answer_to_HEAD_keeps_its_length_and_a_compressed_one_its_bytes()
    {
        await using var upstream = RawUpstream.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 12345\r\n\r\n");
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x00\xff");
        });
        await using var host = await new ForwarderHost().StartAsync(upstream.Origin);

        var head = await RawAgent.CallAsync(host.Address, "HEAD /a");
        Assert.Contains("\r\nContent-Length: 12345\r\n", head, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", head, StringComparison.Ordinal);
        Assert.Equal(0, Assert.IsType<ActionOutcome.Answered>(await host.OutcomeAsync()).ResponseBytes);

        var compressed = await RawAgent.CallAsync(host.Address, "GET /a", "Accept-Encoding: gzip\r\n");
        Assert.Contains("\r\nContent-Encoding: gzip\r\n", compressed, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n\x1f\x8b\x00\xff", compressed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Events_stream_through_one_by_one_and_the_head_before_the_first(bool privileged)
    {
        var next = new SemaphoreSlim(0);
        await using var upstream = RawUpstream.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (var number = 1; number <= 3; number++)
            {
                await next.WaitAsync(connection.Stop);
                await connection.WriteAsync($"9\r\ndata: {number}\n\n\r\n");
            }

            await next.WaitAsync(connection.Stop);
            await connection.WriteAsync("0\r\n\r\n");
        });
        await using var host = await new ForwarderHost { IsPrivileged = privileged }.StartAsync(upstream.Origin);
        using var agent = await RawAgent.ConnectAsync(host.Address);

        // Each wait can only end when the bytes so far have come through: the upstream goes on no earlier.
        await agent.SendAsync("GET /events HTTP/1.1\r\nHost: proxy.test\r\nConnection: close\r\n\r\n");
        await agent.ReadUntilAsync("\r\n\r\n");
        for (var number = 1; number <= 3; number++)
        {
            next.Release();
            await agent.ReadUntilAsync($"data: {number}\n\n");
        }

        next.Release();
        await agent.ReadToEndAsync();
        var outcome = Assert.IsType<ActionOutcome.Answered>(await host.OutcomeAsync());
        Assert.Equal((200, 27, true), (outcome.Status, outcome.ResponseBytes, outcome.Delivered));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_that_breaks_off_is_no_whole_answer_to_the_agent_either(bool privileged)
    {
        await using var upstream = RawUpstream.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        });
        await using var host = await new ForwarderHost { IsPrivileged = privileged }.StartAsync(upstream.Origin);
        using var agent = await RawAgent.ConnectAsync(host.Address);
        await agent.SendAsync("POST /a HTTP/1.1\r\nHost: proxy.test\r\nContent-Length: 0\r\n\r\n");

        var outcome = Assert.IsType<ActionOutcome.Answered>(await host.OutcomeAsync());
        Assert.Equal((200, 4, false), (outcome.Status, outcome.ResponseBytes, outcome.Delivered));
        try
        {
            Assert.DoesNotContain("\r\n\r\nhalf\r\n", await agent.ReadToEndAsync(), StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // Reset: the agent cannot take it for whole.
        }
    }

    [Fact]
    public async Task An_upstream_that_switches_protocols_gets_no_tunnel()
    {
        await using var upstream = RawUpstream.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nhidden");
            await connection.DrainAsync();
        });
        await using var host = await new ForwarderHost().StartAsync(upstream.Origin);

        var answer = await RawAgent.CallAsync(host.Address, "GET /a");

        Assert.StartsWith("HTTP/1.1 502 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", answer, StringComparison.Ordinal);
        Assert.False(Assert.IsType<ActionOutcome.Answered>(await host.OutcomeAsync()).Delivered);
    }

    [Fact]
    public async Task An_upstream_over_HTTP2_is_answered_for_like_any_other()
    {
        await using var upstream = RawHttp2.Start((http2, stream) => http2.AnswerAsync(stream, "hello"u8.ToArray()));
        foreach (var privileged in new[] { true, false })
        {
            await using var host = await new ForwarderHost { IsPrivileged = privileged, HttpVersion = new(2, 0) }.StartAsync(upstream.Origin);
            foreach (var method in new[] { "GET", "DELETE", "POST" })
            {
                Assert.Contains("hello", await RawAgent.CallAsync(host.Address, $"{method} /a"), StringComparison.Ordinal);
                var outcome = Assert.IsType<ActionOutcome.Answered>(await host.OutcomeAsync());
                Assert.Equal((200, 5, true), (outcome.Status, outcome.ResponseBytes, outcome.Delivered));
            }
        }

        Assert.Equal(6, upstream.Requests);
    }
}
