using System.Net;
using System.Security.Cryptography;
using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Tests.Forwarding;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AiAccessProxy.Tests.Actions;

/// <summary>What the real server makes of real bytes, and what is read from that.</summary>
public class RequestBodyTests
{
    private const string Json = "Content-Type: application/json\r\n";

    [Theory]
    [InlineData("Content-Length: 11\r\n", "{\"amount\":1}", "{\"amount\":1")]
    [InlineData("Content-Length: 12\r\n", "{\"amount\":1}", "{\"amount\":1}")]
    [InlineData("Transfer-Encoding: chunked\r\n", "3\r\n{\"a\r\n9\r\nmount\":1}\r\n0\r\n\r\n", "{\"amount\":1}")]
    [InlineData("Transfer-Encoding: chunked\r\n", "0\r\n\r\n", "")]
    public async Task A_body_is_read_whole_with_its_hash(string framing, string sent, string read)
    {
        await using var host = await ReadingHost.StartAsync();
        await RawAgent.CallAsync(host.Address, "POST /x", Json + framing, sent);

        var whole = Assert.IsType<ActionBody.Whole>(Assert.IsType<BodyReading.Read>((await host.ReadingAsync()).Body).Body);
        Assert.Equal(read, Encoding.UTF8.GetString(whole.Bytes.Span));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(read))), whole.Sha256);
        Assert.Equal(
            read switch { "" => typeof(BodyFacts.Empty), "{\"amount\":1}" => typeof(BodyFacts.Json), _ => typeof(BodyFacts.Unreadable) }, whole.Facts.GetType());
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("Content-Length: 0\r\n", "")]
    public async Task No_body_is_none(string framing, string sent)
    {
        await using var host = await ReadingHost.StartAsync();
        await RawAgent.CallAsync(host.Address, "POST /x", framing, sent);
        Assert.IsType<ActionBody.None>(Assert.IsType<BodyReading.Read>((await host.ReadingAsync()).Body).Body);
    }

    [Theory]
    [InlineData(100, 100, false)]
    [InlineData(100, 101, true)]
    [InlineData(100, 100_000, true)]
    [InlineData(40_000_000, 35_000_000, false)] // the server's own limit is 30 MB
    public async Task A_body_over_the_limit_is_never_read_in_part(int limit, int size, bool tooLarge)
    {
        await using var host = await ReadingHost.StartAsync(maxBody: limit);
        var body = new string('x', size);
        foreach (var chunked in new[] { false, true })
        {
            using var agent = await RawAgent.ConnectAsync(host.Address);
            var (framing, framed) = chunked ? ("Transfer-Encoding: chunked", $"{size:x}\r\n{body}\r\n0\r\n\r\n") : ($"Content-Length: {size}", body);
            try
            {
                await agent.SendAsync($"PUT /x HTTP/1.1\r\nHost: proxy.test\r\n{framing}\r\n\r\n{framed}");
            }
            catch (IOException)
            {
                // The server need not take what it has refused.
            }

            var reading = (await host.ReadingAsync()).Body;
            if (tooLarge) Assert.Equal(limit, Assert.IsType<BodyReading.TooLarge>(reading).Limit);
            else Assert.Equal(size, Assert.IsType<ActionBody.Whole>(Assert.IsType<BodyReading.Read>(reading).Body).Bytes.Length);
        }
    }

    [Theory]
    [InlineData("zz\r\n{}\r\n0\r\n\r\n")]
    [InlineData("2\r\n{}xx0\r\n\r\n")]
    [InlineData("-2\r\n{}\r\n0\r\n\r\n")]
    public async Task A_body_whose_chunks_are_wrong_is_refused(string chunks)
    {
        await using var host = await ReadingHost.StartAsync();
        using var agent = await RawAgent.ConnectAsync(host.Address);
        await agent.SendAsync($"PUT /x HTTP/1.1\r\nHost: proxy.test\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}");
        Assert.Equal(Ambiguity.Framing, Assert.IsType<BodyReading.Refused>((await host.ReadingAsync()).Body).Unclear.Kind);
    }

    [Theory]
    [InlineData("Content-Length: 10\r\n", "half")]
    [InlineData("Transfer-Encoding: chunked\r\n", "4\r\nhalf\r\n")]
    public async Task A_body_that_breaks_off_is_never_taken_for_whole(string framing, string half)
    {
        await using var host = await ReadingHost.StartAsync();
        var agent = await RawAgent.ConnectAsync(host.Address);
        await agent.SendAsync($"PUT /x HTTP/1.1\r\nHost: proxy.test\r\n{framing}\r\n{half}");
        agent.Dispose();
        var reading = (await host.ReadingAsync()).Body;
        Assert.True(reading is BodyReading.ClientGone or BodyReading.Refused, $"{reading}");
    }

    [Theory]
    [InlineData("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n")]
    public async Task Two_framings_together_are_refused_though_the_server_goes_on(string framing)
    {
        await using var host = await ReadingHost.StartAsync();
        await RawAgent.CallAsync(host.Address, "POST /x", framing, "2\r\n{}\r\n0\r\n\r\n");
        Assert.Equal(Ambiguity.Framing, Assert.IsType<RequestReading.Refused>((await host.ReadingAsync()).Head).Unclear.Kind);
    }

    [Theory]
    [InlineData("/a%2f..", Ambiguity.DotSegment)]
    [InlineData("/a\\b", Ambiguity.ForbiddenCharacter)]
    [InlineData("http://other.test/a", Ambiguity.TargetForm)]
    [InlineData("/a/../b", Ambiguity.DotSegment)]
    public async Task The_target_is_read_from_the_raw_bytes(string target, object kind)
    {
        await using var host = await ReadingHost.StartAsync();
        using var agent = await RawAgent.ConnectAsync(host.Address);
        var authority = target.StartsWith("http", StringComparison.Ordinal) ? "other.test" : "proxy.test";
        await agent.SendAsync($"GET {target} HTTP/1.1\r\nHost: {authority}\r\n\r\n");
        Assert.Equal((Ambiguity)kind, Assert.IsType<RequestReading.Refused>((await host.ReadingAsync()).Head).Unclear.Kind);
    }

    [Fact]
    public async Task A_request_over_HTTP2_reads_as_the_same_over_HTTP1()
    {
        await using var host = await ReadingHost.StartAsync(HttpProtocols.Http2);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Address, "/v1/x?a=%C3%A9"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new StringContent("{}", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-A", ["1", "2"]);
        (await client.SendAsync(request, TestContext.Current.CancellationToken)).Dispose();

        var (reading, body) = await host.ReadingAsync();
        var head = Assert.IsType<RequestReading.Read>(reading).Head;
        Assert.Equal(("POST", "/v1/x?a=%C3%A9", true, 2L), (head.Method, head.Target.Raw, head.HasBody, head.BodyLength));
        Assert.DoesNotContain(head.Fields, field => field.Name.StartsWith(':'));
        Assert.Contains(head.Fields, field => field is { Name: "X-A" or "x-a" });
        Assert.IsType<BodyFacts.Json>(Assert.IsType<ActionBody.Whole>(Assert.IsType<BodyReading.Read>(body).Body).Facts);
    }
}
