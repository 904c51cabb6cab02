using System.Diagnostics;
using System.Text;
using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Tests.Telemetry;

namespace AiAccessProxy.EndToEnd;

/// <summary>Secrets planted wherever a call, an answer or a vote can carry one come out in no trace, no metric and no log.</summary>
public class SecretsInSignalsTests
{
    private const string Policy = """
        - id: read
          match: { methods: [GET], paths: ["/v1/things/{key}"] }
          effect: allow
          redact: [path.key]
        - id: write
          action: thing.change
          match: { methods: [POST], paths: ["/v1/things/{key}"], where: [{ field: body.amount, gt: 1 }] }
          effect: require_approval
          risk: high
          summary: "Change a thing"
          require: [reason]
          redact: [path.key, body.card, query.pin]
          approval: { need: [{ approvals: 1, from: [group:reviewers] }], decide_within: 10m, use_within: 10m }
        - id: never
          match: { methods: [DELETE], paths: ["/v1/things/{key}"] }
          effect: deny
          redact: [path.key]

        """;

    private static readonly string[] Headers =
    [
        "Authorization", "Proxy-Authorization", "Cookie", "User-Agent", "Referer", "Origin", "X-Api-Secret", "X-Amz-Security-Token", "X-Forwarded-For", "Via",
        "tracestate", "baggage", "Mcp-Session-Id", "X-Request-Id", "Accept-Language", "AiAccess-Reason", "AiAccess-Prompt", "AiAccess-Session",
        "AiAccess-Change", "AiAccess-Commit", "Idempotency-Key", "X-Stainless-Os",
    ];

    [Fact]
    public async Task No_planted_secret_comes_out_in_any_signal()
    {
        var planted = new List<string>();
        string Plant()
        {
            planted.Add($"planted{planted.Count}{ActivitySpanId.CreateRandom().ToHexString()}x");
            return planted[^1];
        }

        await using var collector = await OtlpReceiver.StartAsync();
        var answer = $"HTTP/1.1 200 OK\r\nX-Answer: {Plant()}\r\nSet-Cookie: a={Plant()}\r\nContent-Length: 25\r\n\r\n";
        await using var upstream = new RawUpstream(_ => Task.FromResult<byte[]?>(Encoding.Latin1.GetBytes(answer + Plant()[..25])));
        using var scratch = new Scratch();
        var metricsToken = Plant() + Plant();
        var sending = TelemetryTests.Sending(collector);
        sending["UPSTREAM_SECRET"] = Plant();
        sending["OTEL_BLRP_SCHEDULE_DELAY"] = "200";
        await using var world = await World.StartInAsync(
            scratch,
            policies => policies.Route(
                "api", upstream.Address, Policy,
                "credentials: { live: { type: header, name: X-Upstream-Key, value: \"${env:UPSTREAM_SECRET}\", owner: team } }\ncredential: live")
                .Route("gone", new Uri("http://127.0.0.1:1"), Policy),
            ["--telemetry:logs", "json", "--telemetry:metricsToken", metricsToken], sending);
        var (bot, grace) = (world.Agent(), world.Reviewer("grace"));
        (string, string)[] Headed() => [.. Headers.Select(name => (name, name == "Cookie" ? $"s={Plant()}" : Plant()))];
        string Query() => string.Join('&', Enumerable.Range(0, 4).Select(_ => $"{Plant()}={Plant()}")) + $"&pin={Plant()}";

        Assert.Equal(200, (await bot.SendAsync("GET", $"/api/v1/things/{Plant()}?{Query()}", null, default, Headed())).Status);
        var held = bot.SendAsync(
            "POST", $"/api/v1/things/{Plant()}?{Query()}",
            $$"""{ "amount": 5, "card": "{{Plant()}}", "{{Plant()}}": ["{{Plant()}}"], "model": "{{Plant()}} {{Plant()}}", "note": "{{Plant()}}" }""", default, Headed());
        await grace.VoteAsync(await grace.OnlyPendingAsync(), "approve", Plant());
        Assert.Equal(200, (await held).Status);
        foreach (var (method, target, body, status) in new[]
        {
            ("DELETE", $"/api/v1/things/{Plant()}?{Query()}", null, 403),
            ("PUT", $"/api/v1/{Plant()}/{Plant()}?{Query()}", $"{{ \"a\": \"{Plant()}\" }}", 403),
            ("GET", $"/{Plant()}/{Plant()}?{Query()}", null, 404),
            ("POST", $"/api/v1/things/{Plant()}", $"{{ \"amount\": {Plant()} ", 202),
            ("GET", $"/api/v1/things/%2e%2e%2f{Plant()}", null, 400),
            ("GET", $"/gone/v1/things/{Plant()}?{Query()}", null, 502),
            ("GET", $"/.ai-access/tickets/{Plant()}", null, 404),
            (Plant().ToUpperInvariant(), "/api/v1/things/1", null, 400),
        })
        {
            var seen = await bot.SendAsync(method, target, body, default, [.. Headed(), ("Prefer", "respond-async")]);
            Assert.True(seen.Status == status || seen.Status is 400 or 403, $"{method}: {seen.Said}");
        }

        // Also what a stranger shows, and the control plane is asked.
        Assert.Equal(401, (await world.Agent(Key.New()).GetAsync($"/api/v1/things/{Plant()}")).Status);
        foreach (var target in new[] { $"/sign-in/local?code={Plant()}", $"/sign-in/oidc/return?code={Plant()}&state={Plant()}", $"/tickets/{Plant()}", $"/api/v1/tickets/{Plant()}?x={Plant()}" })
            await grace.GetAsync(target);

        using var scraper = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        scraper.DefaultRequestHeaders.Authorization = new("Bearer", metricsToken);
        var metrics = await scraper.GetStringAsync(new Uri(world.Proxy.Console, "/metrics"), TestContext.Current.CancellationToken);
        Assert.Contains("ai_access_decisions_total", metrics, StringComparison.Ordinal);
        await world.Proxy.StopAsync();

        Assert.True(planted.Count >= 200, $"{planted.Count} were planted");
        Assert.Superset(new HashSet<string> { "/v1/traces", "/v1/metrics", "/v1/logs" }, collector.Paths.ToHashSet());
        var sent = string.Concat(collector.Paths.SelectMany(collector.Bodies).Select(Encoding.Latin1.GetString));
        Assert.Contains("A call is held for ticket", sent, StringComparison.Ordinal);
        Assert.Contains("A call is held for ticket", world.Proxy.Log, StringComparison.Ordinal);
        foreach (var (where, text) in new[] { ("OTLP", sent), ("/metrics", metrics), ("the log", world.Proxy.Log) })
            Assert.Empty(planted.Where(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)).Select(secret => $"{where} has {secret}, planted as the {planted.IndexOf(secret)}th"));
    }
}
