using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AiAccessProxy.Actions;

namespace AiAccessProxy.Tests.Forwarding;

/// <summary>A privileged call leaves in time or not at all, whoever stays or goes, and it is known whether a byte has left.</summary>
public class PrivilegedSendingTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    [Fact]
    public async Task An_agent_that_leaves_does_not_abort_the_call_and_the_answer_is_drained()
    {
        var (arrived, gone) = (new TaskCompletionSource(), new TaskCompletionSource());
        var body = new string('x', 4 << 20);
        await using var upstream = RawUpstream.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            arrived.SetResult();
            await gone.Task.WaitAsync(connection.Stop);
            await connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        });
        await using var host = await new ForwarderHost { IsPrivileged = true }.StartAsync(upstream.Origin);

        var agent = await RawAgent.ConnectAsync(host.Address);
        await agent.SendAsync("POST /x HTTP/1.1\r\nHost: proxy.test\r\nContent-Length: 2\r\n\r\n{}");
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);
        agent.Dispose();
        await host.AgentLeftAsync();
        gone.SetResult();

        var outcome = Assert.IsType<ActionOutcome.Answered>(await host.OutcomeAsync());
        Assert.Equal((200, body.Length, false), (outcome.Status, outcome.ResponseBytes, outcome.Delivered));
    }

    [Fact]
    public async Task A_plain_call_ends_when_its_agent_leaves()
    {
        var arrived = new TaskCompletionSource();
        await using var upstream = RawUpstream.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            arrived.SetResult();
            await connection.DrainAsync(); // ends when the proxy closes
        });
        await using var host = await new ForwarderHost().StartAsync(upstream.Origin);

        var agent = await RawAgent.ConnectAsync(host.Address);
        await agent.SendAsync("GET /x HTTP/1.1\r\nHost: proxy.test\r\n\r\n");
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);
        agent.Dispose();

        Assert.Equal("the agent left", Assert.IsType<ActionOutcome.Unknown>(await host.OutcomeAsync()).Why);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_is_too_late_is_not_sent(int version)
    {
        var time = new ManualTime();
        await using var upstream = version == 1 ? RawUpstream.Answering(Ok) : RawHttp2.Start((http2, stream) => http2.AnswerAsync(stream, []));
        await using var host = await new ForwarderHost
        {
            IsPrivileged = true,
            HttpVersion = new(version, version == 1 ? 1 : 0),
            ClearanceTime = time,
            BeforeSending = () => time.Advance(ForwarderHost.SendWithin),
        }.StartAsync(upstream.Origin);

        Assert.Contains("too late", await RawAgent.CallAsync(host.Address, "DELETE /x"), StringComparison.Ordinal);
        Assert.Contains("too late", Assert.IsType<ActionOutcome.NotSent>(await host.OutcomeAsync()).Why, StringComparison.Ordinal);
        Assert.All(upstream.Connections, connection => Assert.Empty(connection.Received));
    }

    [Fact]
    public async Task What_is_in_time_by_a_tick_is_sent()
    {
        var time = new ManualTime();
        await using var upstream = RawUpstream.Answering(Ok);
        await using var host = await new ForwarderHost
        {
            IsPrivileged = true,
            ClearanceTime = time,
            BeforeSending = () => time.Advance(ForwarderHost.SendWithin - TimeSpan.FromTicks(1)),
        }.StartAsync(upstream.Origin);

        await RawAgent.CallAsync(host.Address, "DELETE /x");
        Assert.IsType<ActionOutcome.Answered>(await host.OutcomeAsync());
        Assert.Equal(1, upstream.Requests);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    [InlineData(false, 2)]
    public async Task An_upstream_that_cannot_be_reached_was_sent_nothing(bool privileged, int version)
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var origin = new Uri($"http://{closed.LocalEndpoint}");
        closed.Stop();
        await using var host = await new ForwarderHost { IsPrivileged = privileged, HttpVersion = new(version, version == 1 ? 1 : 0) }.StartAsync(origin);

        await RawAgent.CallAsync(host.Address, "POST /x", "Content-Length: 2\r\n", "{}");
        Assert.Equal("the upstream refused the connection", Assert.IsType<ActionOutcome.NotSent>(await host.OutcomeAsync()).Why);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_upstream_that_is_the_proxy_itself_was_sent_nothing(bool privileged)
    {
        await using var host = await new ForwarderHost { IsPrivileged = privileged }.StartAsync(upstream: null);

        await RawAgent.CallAsync(host.Address, "GET /x");
        Assert.Equal("the upstream's address is the proxy's own", Assert.IsType<ActionOutcome.NotSent>(await host.OutcomeAsync()).Why);
    }

    [Fact]
    public async Task An_upstream_that_never_answers_leaves_it_unknown()
    {
        await using var upstream = RawUpstream.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.DrainAsync();
        });
        await using var host = await new ForwarderHost { IsPrivileged = true, Timeout = TimeSpan.FromSeconds(2) }.StartAsync(upstream.Origin);

        await RawAgent.CallAsync(host.Address, "POST /x");
        Assert.Equal("the upstream did not answer in time", Assert.IsType<ActionOutcome.Unknown>(await host.OutcomeAsync()).Why);
        Assert.Equal(1, upstream.Requests);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(2, false)]
    public async Task Over_TLS_the_call_itself_is_watched_and_not_its_cipher(int version, bool inTime)
    {
        var time = new ManualTime();
        using var certificate = Certificate();
        await using var upstream = version == 1
            ? RawUpstream.StartTls(certificate, SslApplicationProtocol.Http11, async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.WriteAsync(Ok);
            })
            : RawUpstream.StartTls(certificate, SslApplicationProtocol.Http2, connection =>
                new RawHttp2(connection).ServeAsync((http2, stream) => http2.AnswerAsync(stream, [])));
        await using var host = await new ForwarderHost
        {
            IsPrivileged = true,
            HttpVersion = new(version, version == 1 ? 1 : 0),
            Trusted = certificate,
            ClearanceTime = time,
            BeforeSending = () => time.Advance(inTime ? TimeSpan.Zero : ForwarderHost.SendWithin),
        }.StartAsync(upstream.Origin);

        await RawAgent.CallAsync(host.Address, "DELETE /x");

        var outcome = await host.OutcomeAsync();
        if (inTime) Assert.Equal(200, Assert.IsType<ActionOutcome.Answered>(outcome).Status);
        else Assert.IsType<ActionOutcome.NotSent>(outcome);
        Assert.Equal(inTime ? 1 : 0, upstream.Requests);
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_is_sent_nothing()
    {
        using var certificate = Certificate();
        await using var upstream = RawUpstream.StartTls(certificate, SslApplicationProtocol.Http11, connection => connection.DrainAsync());
        await using var host = await new ForwarderHost { IsPrivileged = true }.StartAsync(upstream.Origin);

        await RawAgent.CallAsync(host.Address, "DELETE /x");
        Assert.Equal("TLS with the upstream could not be established", Assert.IsType<ActionOutcome.NotSent>(await host.OutcomeAsync()).Why);
        Assert.All(upstream.Connections, connection => Assert.Empty(connection.Received));
    }

    [Fact]
    public async Task Another_action_than_the_one_that_was_cleared_is_not_sent()
    {
        await using var upstream = RawUpstream.Answering(Ok);
        await using var host = await new ForwarderHost { IsPrivileged = true, ClearsAnother = true }.StartAsync(upstream.Origin);

        await RawAgent.CallAsync(host.Address, "DELETE /x");
        Assert.Equal("Another action was cleared.", await host.FaultAsync());
        Assert.Empty(upstream.Connections);
    }

    [Fact]
    public async Task A_clearance_is_good_for_one_call()
    {
        await using var upstream = RawUpstream.Answering(Ok);
        await using var host = await new ForwarderHost { IsPrivileged = true, SendsTwice = true }.StartAsync(upstream.Origin);

        await RawAgent.CallAsync(host.Address, "DELETE /x");
        Assert.Equal("A clearance lets one call through, and this one has.", await host.FaultAsync());
        Assert.Equal(1, upstream.Requests);
    }

    [Fact]
    public async Task A_body_that_was_not_read_is_never_sent_with_a_privileged_call()
    {
        await using var upstream = RawUpstream.Answering(Ok);
        await using var host = await new ForwarderHost
        {
            IsPrivileged = true,
            Change = action => action with { Body = new ActionBody.Streamed(2) },
        }.StartAsync(upstream.Origin);

        await RawAgent.CallAsync(host.Address, "POST /x", "Content-Length: 2\r\n", "{}");
        Assert.Contains("read whole", await host.FaultAsync(), StringComparison.Ordinal);
        Assert.Empty(upstream.Connections);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var from = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var made = request.CreateSelfSigned(from, from.AddYears(100));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
