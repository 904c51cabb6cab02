using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass;

/// <summary>Slow is not malformed: whoever is cut off has to know that it was for the time it took.</summary>
public class SlowBodyTests
{
    private const string Rules = """
        - id: small
          match: { methods: [POST], paths: ["/**"], where: [{ field: body.n, lte: 9 }] }
          effect: allow

        """;

    [Fact]
    public async Task A_body_that_comes_too_slowly_is_told_so()
    {
        await using var lab = await Lab.StartAsync(
            (policies, upstream) => policies.Route("api", upstream.Address, Rules), "--gate:limits:minRateGrace", "00:00:02");
        await using var slow = await lab.ConnectAsync();
        await slow.SendAsync($"POST /api/a HTTP/1.1\r\nHost: api.example\r\nAiAccess-Token: {lab.Policies.Bot.Text}\r\nContent-Length: 9000\r\n\r\nx");
        var answer = await slow.AnswerAsync("POST");
        Assert.Equal("408 body-too-slow", answer?.Said);
        Assert.Contains("gate:limits:minRate", answer!.Body, StringComparison.Ordinal);
        Assert.Contains((await lab.RecordsAsync()).Values, record => record.Detail?.StartsWith("body-too-slow", StringComparison.Ordinal) == true);
        Assert.Empty(lab.Upstream.Requests);
    }

    [Fact]
    public async Task A_body_that_is_streamed_too_slowly_is_told_so_and_broken_off()
    {
        await using var lab = await Lab.StartAsync(
            (policies, upstream) => policies.Route("api", upstream.Address, Rules.Replace(", where: [{ field: body.n, lte: 9 }]", "", StringComparison.Ordinal)),
            "--gate:limits:minRateGrace", "00:00:02");
        await using var slow = await lab.ConnectAsync();
        await slow.SendAsync($"POST /api/a HTTP/1.1\r\nHost: api.example\r\nAiAccess-Token: {lab.Policies.Bot.Text}\r\nContent-Length: 9000\r\n\r\nx");
        var answer = await slow.AnswerAsync("POST");
        Assert.Equal("408 body-too-slow", answer?.Said);
        Assert.Contains("gate:limits:minRate", answer!.Body, StringComparison.Ordinal);
        Assert.Contains((await lab.RecordsAsync()).Values, record => record.Detail?.Contains("gate:limits:minRate", StringComparison.Ordinal) == true);
        Assert.Empty(lab.Upstream.Requests);
    }
}
