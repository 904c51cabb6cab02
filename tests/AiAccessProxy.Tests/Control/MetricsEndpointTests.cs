using System.Net;

namespace AiAccessProxy.Tests.Control;

/// <summary>Who gets metrics, and who is told why the program is not well.</summary>
public class MetricsEndpointTests
{
    private const string Token = "a-scrapers-token-of-good-length-0123456789";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "text/plain; version=0.0.4; charset=utf-8", false)]
    [InlineData("text/html", "text/plain; version=0.0.4; charset=utf-8", false)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.75,text/plain;version=0.0.4;q=0.5", "application/openmetrics-text; version=1.0.0; charset=utf-8", true)]
    public async Task A_neighbour_gets_them_in_the_format_that_it_asks_for(string? accept, string type, bool ends)
    {
        await using var console = await Console.StartAsync();
        using var neighbour = console.Visit();
        using var answer = await neighbour.GetAsync("/metrics", accept is null ? [] : [("Accept", accept)]);

        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.GetValues("Content-Type").Single()));
        Assert.Equal(ends, (await answer.Content.ReadAsStringAsync(Stop)).EndsWith("# EOF\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("X-Forwarded-For", "192.0.2.1")]
    [InlineData("Forwarded", "for=192.0.2.1")]
    [InlineData("Via", "1.1 gateway")]
    public async Task Without_a_token_nobody_gets_them_by_another_name_or_through_a_server_before(string header, string value)
    {
        await using var console = await Console.StartAsync();
        using var stranger = console.Visit();
        using var answer = await stranger.GetAsync("/metrics", (header, value));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("# HELP", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_token_only_its_bearer_gets_them_by_whatever_name()
    {
        await using var console = await Console.StartAsync(("telemetry:metricsToken", Token));
        using var stranger = console.Visit();
        foreach (var wrong in new[] { "", $"Bearer {Token}x", $"Bearer {Token[..^1]}", "Bearer key-of-grace", $"Basic {Token}" })
        {
            using var refused = await stranger.GetAsync("/metrics", wrong.Length == 0 ? [] : [("Authorization", wrong)]);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        using var answer = await stranger.GetAsync("/metrics", ("Authorization", $"Bearer {Token}"), ("Host", "10.0.0.7:8081"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Nobody_gets_them_when_they_are_off()
    {
        await using var console = await Console.StartAsync(("telemetry:metrics", "false"), ("telemetry:metricsToken", Token));
        using var scraper = console.Visit();
        using var answer = await scraper.GetAsync("/metrics", ("Authorization", $"Bearer {Token}"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Readiness_is_told_by_any_name_and_its_reasons_by_our_own_alone()
    {
        await using var console = await Console.StartAsync();
        using var anybody = console.Visit();
        using var own = await anybody.GetAsync("/readyz");
        using var foreign = await anybody.GetAsync("/readyz", ("Host", "evil.example"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (own.StatusCode, foreign.StatusCode));
        Assert.Contains("\"hash\"", await own.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal("{\"status\":\"ok\"}", await foreign.Content.ReadAsStringAsync(Stop));
    }
}
