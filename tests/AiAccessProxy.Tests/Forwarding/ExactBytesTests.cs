using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using AiAccessProxy.Actions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace AiAccessProxy.Tests.Forwarding;

/// <summary>What was decided on is what goes over the wire, judged by an upstream that keeps every byte.</summary>
public class ExactBytesTests
{
    private const string Empty = "HTTP/1.1 204 No Content\r\n\r\n";

    /// <summary>Targets that HTTP clients, URI classes and proxies are known to rewrite.</summary>
    public static TheoryData<string> Probes =>
    [
        "/", "/?", "/a/", "/a?", "/a?x=1&x=1&", "/a%20b", "/%C3%A9", "/%c3%a9", "/%61", "/x/%2e%2e/admin", "/x/../admin", "/x/./y", "//a//b", "/admin%2fdelete",
        "/admin%252fdelete", "/x\\..\\admin", "/a;v=1/b", "/a'b(c)*!$&,=:@", "/a?q=%zz", "/a?q=a+b%2B%20", "/a|b\"<>^{}`", "/a?http://b/c?d=/../e", "/%00", "/a:b?[c]=d",
    ];

    [Theory]
    [MemberData(nameof(Probes))]
    public async Task A_target_goes_out_byte_for_byte(string target)
    {
        foreach (var privileged in new[] { true, false })
        {
            await using var upstream = RawUpstream.Answering(Empty);
            await using var host = await new ForwarderHost
            {
                IsPrivileged = privileged,
                // Not all of these are accepted from an agent today; a route may opt in.
                Change = action => action with { Head = action.Head with { Target = new(target, [], []) } },
            }.StartAsync(upstream.Origin);

            await RawAgent.CallAsync(host.Address, "GET /anything");

            Assert.IsType<ActionOutcome.Answered>(await host.OutcomeAsync());
            Assert.StartsWith($"GET {target} HTTP/1.1\r\n", upstream.Connections.Single().Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_upstream_receives_the_forwarded_fields_the_body_and_what_the_proxy_makes_and_nothing_else(bool privileged)
    {
        await using var upstream = RawUpstream.Answering(Empty);
        await using var host = await new ForwarderHost { IsPrivileged = privileged, Credential = Some.Credential() }.StartAsync(upstream.Origin);
        const string Body = "{\"amount\": 20000,\r\n \"é\":\t1}";

        await RawAgent.CallAsync(
            host.Address,
            "PATCH /v1/charges/ch_1?expand[]=a%20b",
            """
            content-type: application/json
            X-Env: prod
            x-empty:
            X-Twice: one
            X-Twice: two, three
            Accept: */*
            Accept-Encoding: gzip
            User-Agent: agent/1.0 (x; y) z
            Cookie: a=b; c=d
            If-None-Match: W/"x"
            Date: not a date
            Range: bytes=0-
            Prefer: respond-async, return=minimal
            Authorization: Bearer of-the-agent
            AiAccess-Token: key
            AiAccess-Reason: because
            Keep-Alive: timeout=5
            Proxy-Authorization: Basic eDp5
            Expect: 100-continue
            TE: trailers
            tracestate: agent=text
            baggage: agent=text

            """.ReplaceLineEndings("\r\n") + $"Content-Length: {Body.Length}\r\n",
            Body);

        var answered = Assert.IsType<ActionOutcome.Answered>(await host.OutcomeAsync());
        var (head, body) = Split(upstream.Connections.Single().Text);
        var lines = head.Split("\r\n");
        Assert.Equal("PATCH /v1/charges/ch_1?expand[]=a%20b HTTP/1.1", lines[0]);
        Assert.Equal(
            new[]
            {
                $"Host: {upstream.Origin.Authority}", "Content-Type: application/json", "X-Env: prod", "x-empty: ", "X-Twice: one, two, three", "Accept: */*",
                "Accept-Encoding: gzip", "User-Agent: agent/1.0 (x; y) z", "Cookie: a=b; c=d", "If-None-Match: W/\"x\"", "Date: not a date", "Range: bytes=0-",
                "Prefer: return=minimal", "Authorization: Bearer upstream-secret", $"Content-Length: {Body.Length}",
            }.Order(StringComparer.OrdinalIgnoreCase),
            lines[1..].Where(line => !line.StartsWith("traceparent: 00-", StringComparison.Ordinal)).Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal(Body, body);
        Assert.Equal(privileged ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.Latin1.GetBytes(Body))), answered.BodySha256);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Bodies_of_every_kind_arrive_as_they_came(bool privileged)
    {
        var random = new Random(7);
        await using var upstream = RawUpstream.Answering(Empty);
        await using var host = await new ForwarderHost { IsPrivileged = privileged }.StartAsync(upstream.Origin);
        foreach (var size in new[] { 0, 1, 100, 4096, 70_000, 1 << 20 })
        {
            foreach (var chunked in new[] { false, true })
            {
                var bytes = new byte[size];
                random.NextBytes(bytes);
                var body = Encoding.Latin1.GetString(bytes);
                var framed = !chunked ? body : (size == 0 ? "" : $"{size:x}\r\n{body}\r\n") + "0\r\n\r\n";
                await RawAgent.CallAsync(host.Address, "DELETE /x", chunked ? "Transfer-Encoding: chunked\r\n" : $"Content-Length: {size}\r\n", framed);

                var answered = Assert.IsType<ActionOutcome.Answered>(await host.OutcomeAsync());
                var (head, sent) = Split(upstream.Connections.Last(connection => connection.Received.Length > 0).Text);
                if (!privileged && upstream.Connections.Count == 1) sent = LastBody(upstream.Connections[0].Text, out head);
                var isChunked = head.Contains("Transfer-Encoding: chunked", StringComparison.Ordinal);
                Assert.Equal(!privileged && chunked, isChunked);
                Assert.Equal(body, isChunked ? Unchunk(sent) : sent);
                if (!privileged && (size > 0 || chunked)) Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), answered.BodySha256);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Over_HTTP2_target_fields_and_body_are_the_same(bool privileged)
    {
        var received = Channel.CreateUnbounded<string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        await using var app = builder.Build();
        app.Run(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            var fields = string.Join('|', context.Request.Headers.Where(field => field.Key != "traceparent").Select(field => $"{field.Key}={field.Value}").Order(StringComparer.Ordinal));
            received.Writer.TryWrite($"{context.Request.Method} {target} {fields} {await body.ReadToEndAsync()}");
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        var upstream = new Uri(app.Urls.Single());
        await using var host = await new ForwarderHost { IsPrivileged = privileged, HttpVersion = new(2, 0), Credential = Some.Credential() }.StartAsync(upstream);

        foreach (var target in new[] { "/a%20b/%C3%A9?q=%2e%2e/..&r=a+b%2B", "/x:y/@me/?", "/" })
        {
            await RawAgent.CallAsync(host.Address, $"POST {target}", "X-Env: a\r\nX-Env: b\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n", "body");
            Assert.Equal(
                $"POST {target} Authorization=Bearer upstream-secret|Content-Length=4|Content-Type=text/plain|Host={upstream.Authority}|x-env=a, b body",
                await received.Reader.ReadAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_request_without_body_says_so()
    {
        await using var upstream = RawUpstream.Answering(Empty);
        await using var host = await new ForwarderHost().StartAsync(upstream.Origin);
        await RawAgent.CallAsync(host.Address, "GET /a");
        Assert.Contains("\r\nContent-Length: 0\r\n", upstream.Connections.Single().Text, StringComparison.Ordinal);

        var answered = Assert.IsType<ActionOutcome.Answered>(await host.OutcomeAsync());
        Assert.Equal(204, answered.Status);
        Assert.True(answered.Delivered);
        Assert.Null(answered.BodySha256);
    }

    private static (string Head, string Body) Split(string request)
    {
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return (request[..end], request[(end + 4)..]);
    }

    /// <summary>The body of the last of several requests on one connection; each starts with DELETE /x.</summary>
    private static string LastBody(string connection, out string head)
    {
        (head, var body) = Split(connection[connection.LastIndexOf("DELETE /x HTTP/1.1\r\n", StringComparison.Ordinal)..]);
        return body;
    }

    private static string Unchunk(string chunked)
    {
        var body = new StringBuilder();
        for (var at = 0; ;)
        {
            var end = chunked.IndexOf("\r\n", at, StringComparison.Ordinal);
            var size = Convert.ToInt32(chunked[at..end], 16);
            if (size == 0) return body.ToString();
            body.Append(chunked, end + 2, size);
            at = end + 2 + size + 2;
        }
    }
}
