using System.Net;
using System.Security.Authentication;
using System.Text;
using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd;

/// <summary>The agent plane behind a certificate: an unchanged client gets over TLS and HTTP/2 what it gets without.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly PlaneTls _tls = new();

    public static TheoryData<string> EveryVersion => ["1.1", "2.0"];

    public void Dispose() => _tls.Dispose();

    [Theory]
    [MemberData(nameof(EveryVersion))]
    public async Task An_allowed_and_a_held_call_and_a_task_to_poll(string version)
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait), _tls.Settings);
        using var bot = Bot(world, version);
        var grace = world.Reviewer("grace");
        Assert.Equal(Uri.UriSchemeHttps, world.Proxy.Agents.Scheme);

        var read = await bot.GetAsync("/api/things?a=1&b=%2C");
        Assert.Equal((200, "request 1", Version.Parse(version)), (read.Status, read.Body, read.Version));
        Assert.Equal("GET /things?a=1&b=%2C HTTP/1.1", upstream.Requests[0].Line);

        var held = bot.PostAsync("/api/things", """{"n":1}""");
        var ticket = await grace.OnlyPendingAsync();
        // On the same connection, while the other is held.
        Assert.Equal("request 2", (await bot.GetAsync("/api/things")).Body);
        await grace.ApproveAsync(ticket);
        Assert.Equal((200, "request 3"), ((await held).Status, (await held).Body));
        Assert.Equal("""{"n":1}"""u8.ToArray(), upstream.Requests[2].Body);
        Assert.True((await world.Story.OfSentAsync(ticket))[^1].Outcome!.Delivered);

        var accepted = await bot.SendAsync("POST", "/api/things", """{"n":2}""", default, ("Prefer", "respond-async"));
        Assert.Equal(202, accepted.Status);
        var status = accepted.Json.GetProperty("status_endpoint").GetString()!;
        Assert.StartsWith(world.Proxy.Agents.AbsoluteUri, status, StringComparison.Ordinal);
        var poll = bot.GetAsync(status + "?wait=60");
        await grace.DenyAsync(accepted.Ticket, "no");
        Assert.Equal("denied", (await poll).Json.GetProperty("status").GetString());
    }

    [Theory]
    [MemberData(nameof(EveryVersion))]
    public async Task An_answer_streams(string version)
    {
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = new RawUpstream(
            _ => Task.FromResult<byte[]?>("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n"u8.ToArray()),
            async _ =>
            {
                await read.Task;
                return "4\r\nlast\r\n0\r\n\r\n"u8.ToArray();
            });
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait), _tls.Settings);
        using var bot = Bot(world, version);

        using var answer = await bot.StreamAsync("/api/things");
        await using var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var first = new byte[5];
        await body.ReadExactlyAsync(first, TestContext.Current.CancellationToken);
        Assert.Equal("first", Encoding.ASCII.GetString(first));
        read.SetResult();
        using var rest = new StreamReader(body);
        Assert.Equal("last", await rest.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(EveryVersion))]
    public async Task A_client_that_gives_up_one_call_is_noticed(string version)
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(
            policies => policies.Route("api", upstream.Address, Rules.WritesWait), [.. _tls.Settings, "--approvals:maxHeldPerAgent", "1"]);
        using var bot = Bot(world, version);
        using var leaving = new CancellationTokenSource();
        var left = bot.PostAsync("/api/things", """{"n":1}""", leaving.Token);
        await world.Reviewer("grace").OnlyPendingAsync();

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        await PlaceIsFreeAsync(bot);
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task An_HTTP2_connection_that_is_gone_is_noticed()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(
            policies => policies.Route("api", upstream.Address, Rules.WritesWait), [.. _tls.Settings, "--approvals:maxHeldPerAgent", "1"]);
        await using var gone = await RawHttp2Agent.ConnectAsync(world.Proxy.Agents, _tls);
        await gone.RequestAsync(1, "DELETE", "/api/things/1", world.Policies.Bot);
        await world.Reviewer("grace").OnlyPendingAsync();

        gone.Break();
        using var bot = Bot(world, "2.0");
        await PlaceIsFreeAsync(bot);
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task Nobody_gets_the_plane_without_TLS()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.ReadsPass), _tls.Settings);
        using var plain = new Agent(new UriBuilder(world.Proxy.Agents) { Scheme = Uri.UriSchemeHttp }.Uri, world.Policies.Bot);
        await Assert.ThrowsAsync<HttpRequestException>(() => plain.GetAsync("/api/things"));

        using var stranger = new Agent(world.Proxy.Agents, world.Policies.Bot);
        var distrusted = await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetAsync("/api/things"));
        Assert.IsType<AuthenticationException>(distrusted.InnerException);
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task An_upstream_that_is_the_plane_itself_is_refused()
    {
        await using var world = await World.StartAsync(policies => policies.Route("api", new Uri("http://127.0.0.1:9"), Rules.ReadsPass), _tls.Settings);
        using var bot = Bot(world, "2.0");
        world.Policies.Route("api", world.Proxy.Agents, Rules.ReadsPass);
        await Eventually.HoldsAsync(
            async () => (await bot.GetAsync("/api/things")) is { Problem: "not-sent" }
                && (await world.Story.AllAsync()).Any(record => record.Outcome?.Why?.Contains("the proxy's own", StringComparison.Ordinal) == true),
            "the plane is not its own upstream");
    }

    public static TheoryData<string[], string> EveryMistake => new()
    {
        { ["--gate:url", "https://127.0.0.1:0"], "gate:certificate: gate:url is https://127.0.0.1:0, so name the PEM file of its certificate" },
        { ["--gate:certificate", "c.pem"], "gate:certificate: gate:url is http://127.0.0.1:0, which shows no certificate; write it with https" },
        { ["--gate:certificateKey", "k.pem"], "gate:certificateKey: there is a key and no gate:certificate" },
        { ["--gate:url", "https://127.0.0.1:0", "--gate:certificate", "/nowhere/c.pem"], "gate:certificate: '/nowhere/c.pem' does not exist" },
        { ["--gate:url", "ftp://127.0.0.1:0"], "gate:url: 'ftp://127.0.0.1:0' is no http or https URL; write it like http://127.0.0.1:8080" },
    };

    [Theory]
    [MemberData(nameof(EveryMistake))]
    public async Task A_certificate_that_cannot_be_shown_stops_the_start_together_with_all_else_that_is_wrong(string[] settings, string said)
    {
        using var scratch = new Scratch();
        var policies = new PolicyFolder(scratch.Folder("policies")).Route("api", new Uri("http://127.0.0.1:9"), Rules.ReadsPass);
        await using var refused = ProxyProcess.Launch(policies.Path, scratch.Folder("data"), [.. settings, "--control:sessionIdle", "00:00:00"]);
        Assert.Equal(2, await refused.ExitAsync(Eventually.Generous));
        var lines = refused.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains(lines, line => line.Contains(said, StringComparison.Ordinal));
    }

    private Agent Bot(World world, string version) => new(world.Proxy.Agents, world.Policies.Bot, _tls, Version.Parse(version));

    /// <summary>One call may be held: when another one is, the proxy has noticed that the first is gone.</summary>
    private static Task PlaceIsFreeAsync(Agent bot) => Eventually.HoldsAsync(
        async () => (await bot.SendAsync("POST", "/api/things", """{"n":2}""", default, ("Prefer", "wait=1"))).Status == 202,
        "the held call's place is free");
}
