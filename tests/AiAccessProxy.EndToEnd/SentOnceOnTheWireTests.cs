using System.Globalization;
using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd;

/// <summary>An upstream that reads a privileged call and hangs up has received it once: no HTTP client on the way sends it again.</summary>
public class SentOnceOnTheWireTests
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    private static readonly string EverythingWaits =
        Rules.Waiting("[GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS]", "/privileged/**")
        + Rules.ReadsPass.Replace("/**", "/plain/**", StringComparison.Ordinal);

    /// <summary>Also where a body means nothing: the HTTP client has a way of its own for GET.</summary>
    private const string BodiesAnywhere = "accept: [unexpected-body]";

    private static IEnumerable<(string Method, string? Body)> Calls =>
        Methods.SelectMany(method => new (string, string?)[] { (method, null), (method, """{"force":true}""") });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_upstream_that_reads_and_closes_counts_one_over_HTTP_1(bool warm)
    {
        await using var upstream = new RawUpstream(request => Task.FromResult<byte[]?>(
            request.Target.StartsWith("/plain", StringComparison.Ordinal) ? RawUpstream.Ok("warm") : null));
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, EverythingWaits, BodiesAnywhere));
        if (warm)
        {
            var warming = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => world.Agent().GetAsync($"/api/plain/{i}")));
            Assert.All(warming, answer => Assert.Equal("warm", answer.Body));
        }

        await EveryCallAsync(world, call => upstream.Requests.Count(request => request.Target == $"/privileged/{call}"));
        Assert.Empty(upstream.Torn);
    }

    [Theory]
    [InlineData(Http2Ending.Close)]
    [InlineData(Http2Ending.RefuseStream)]
    [InlineData(Http2Ending.GoAway)]
    public async Task An_upstream_that_reads_and_gives_up_counts_one_over_HTTP_2(Http2Ending ending)
    {
        // HTTP/2 hides the target in compressed fields, so every call has an upstream of its own to count it.
        var upstreams = Calls.Select(_ => new RawHttp2Upstream(ending)).ToList();
        try
        {
            await using var world = await World.StartAsync(policies =>
            {
                foreach (var (upstream, i) in upstreams.Select((upstream, i) => (upstream, i)))
                    policies.Route($"api{i}", upstream.Address, EverythingWaits, BodiesAnywhere, upstreamMore: ", http: \"2\"");
            });
            await EveryCallAsync(world, call => upstreams[call].Received, call => $"/api{call}");
        }
        finally
        {
            foreach (var upstream in upstreams) await upstream.DisposeAsync();
        }
    }

    private static async Task EveryCallAsync(World world, Func<int, int> received, Func<int, string>? prefix = null)
    {
        var (bot, grace) = (world.Agent(), world.Reviewer("grace"));
        var calls = Calls.Select((call, i) => (call.Method, call.Body, Target: $"{prefix?.Invoke(i) ?? "/api"}/privileged/{i}")).ToList();
        var held = calls.Select(call => bot.SendAsync(call.Method, call.Target, call.Body)).ToList();
        foreach (var ticket in await grace.PendingAsync(calls.Count)) Assert.Equal(200, (await grace.ApproveAsync(ticket)).Status);
        var answers = await Task.WhenAll(held);
        var repeats = await Task.WhenAll(calls.Select(call => bot.SendAsync(call.Method, call.Target, call.Body)));

        Assert.All(answers, answer => Assert.Equal(502, answer.Status));
        Assert.All(repeats, answer => Assert.Equal(422, answer.Status));
        var counts = calls.Select((call, i) => $"{call.Method} {(call.Body is null ? "without" : "with")} body: {received(i).ToString(CultureInfo.InvariantCulture)}");
        Assert.All(counts, count => Assert.EndsWith("body: 1", count, StringComparison.Ordinal));
        // An answer to HEAD has no body to read these from.
        Assert.All(answers.Zip(calls), pair => Assert.True(pair.Second.Method == "HEAD" || pair.First.Problem == "outcome-unknown", pair.First.ToString()));
        Assert.All(repeats.Zip(calls), pair => Assert.True(pair.Second.Method == "HEAD" || pair.First.Problem == "already-executed", pair.First.ToString()));
        var story = await world.Story.AllAsync();
        Assert.Equal(calls.Count, story.Count(record => record.Kind == "call.unknown"));
        Assert.Equal(calls.Count, story.Count(record => record.Kind == "ticket.executing"));
    }
}
