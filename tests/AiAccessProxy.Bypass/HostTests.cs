using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass;

/// <summary>Which host a call is for, and what of the connection's own fields reaches the upstream, over both versions.</summary>
public class HostTests
{
    private const string Rules = """
        - id: all
          match: { methods: [GET, POST], paths: ["/**"] }
          effect: allow

        """;

    // The server keeps one option that it knows by itself, and forgets what stands beside it; all else reaches us as it came.
    private static readonly string[] Listed =
    [
        "Connection: X-Env", "connection: x-env", "Connection: close, X-Env", "Connection: X-Env, close", "Connection: keep-alive, X-Env", "Connection: X-Env,keep-alive", "Connection: close\r\nConnection: X-Env",
        "Connection: X-Env\r\nConnection: close", "Connection: close, keep-alive, X-Env", "Connection: close,,X-Env,", "Connection: ,X-Env", "Connection:\tX-ENV\t", "Connection: CLOSE , x-Env", "Connection: upgrade, X-Env",
        "Connection: \"X-Env\"", "Connection: close;X-Env", "Connection: close X-Env", "Connection: closex, X-Env", "Connection: X-Env, AiAccess-Token", "Connection: close, AiAccess-Token", "Connection: Host, X-Env",
        "Proxy-Connection: X-Env", "Connection: TE, X-Env", "Connection: X_Env", "Connection: close, Content-Length, X-Env",
    ];

    [Fact]
    public async Task A_route_is_found_by_its_host_and_the_wrong_one_is_told()
    {
        await using var lab = await Lab.StartAsync(
            (policies, upstream) => policies.Route("api", upstream.Address, Rules, "hosts: [api.example, \"other.example:8443\"]"),
            "--gate:hosts:0", "API.example", "--gate:hosts:1", "other.example", "--gate:hosts:2", "third.example");
        foreach (var (host, status) in new[] { ("api.example", 200), ("Api.Example:80", 200), ("other.example:8443", 200), ("other.example", 404), ("third.example", 404), ("evil.example", 404), ("xn--bcher-kva.example", 404), ("a@api.example", 400) })
        {
            await using var adversary = await lab.ConnectAsync();
            await adversary.SendAsync($"GET /api/a HTTP/1.1\r\nHost: {host}\r\nAiAccess-Token: {lab.Policies.Bot.Text}\r\n\r\n");
            var answer = await adversary.AnswerAsync("GET");
            Assert.Equal((host, status), (host, answer?.Status));
            if (status == 404) Assert.Contains("Host", answer!.Body, StringComparison.Ordinal);
        }

        Assert.Equal(3, lab.Upstream.Requests.Count);
        Assert.All(lab.Upstream.Requests, request => Assert.Equal(lab.Upstream.Address.Authority, request.Header("Host")));
    }

    [Fact]
    public async Task Over_HTTP2_the_authority_counts_and_a_Host_beside_it_reaches_nobody()
    {
        await using var lab = await Lab.StartTlsAsync(
            (policies, upstream) => policies.Route("api", upstream.Address, Rules, "hosts: [api.example]"));
        foreach (var (authority, host, status) in new[] { ("api.example", "evil.example", 200), ("evil.example", "api.example", 404) })
        {
            await using var adversary = await lab.ConnectHttp2Async();
            var answer = await adversary.CallAsync(
            [
                (":method", "GET"), (":scheme", "https"), (":authority", authority), (":path", "/api/a"), ("host", host),
                ("aiaccess-token", lab.Policies.Bot.Text), ("cookie", "a=1"), ("cookie", "b=2"),
            ]);
            Assert.Equal(status, answer?.Status);
        }

        var arrived = Assert.Single(lab.Upstream.Requests);
        Assert.Equal((lab.Upstream.Address.Authority, "a=1; b=2"), (arrived.Header("Host"), arrived.Header("Cookie")));
        Assert.DoesNotContain(arrived.Headers, field => field.Value.Contains("evil", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task What_Connection_lists_is_refused_or_sent_as_it_was_matched(string scheme)
    {
        void Write(PolicyFolder policies, RawUpstream upstream) => policies.Route("api", upstream.Address, Rules + """
            - id: never-in-production
              match: { methods: [GET], paths: ["/**"], where: [{ field: header.x-env, equals: production }] }
              effect: deny

            """);
        await using var lab = scheme == "https" ? await Lab.StartTlsAsync(Write) : await Lab.StartAsync(Write);
        foreach (var listed in Listed)
        {
            foreach (var value in new[] { "production", "staging" })
            {
                await using var adversary = await lab.ConnectAsync();
                await adversary.SendAsync($"GET /api/a HTTP/1.1\r\nHost: api.example\r\nAiAccess-Token: {lab.Policies.Bot.Text}\r\nX-Env: {value}\r\n{listed}\r\n\r\n");
                var answer = await adversary.AnswerAsync("GET");
                Assert.True(answer?.Status is 400 or 501 || answer?.Status == (value == "production" ? 403 : 200), $"{answer?.Said} for {listed}");
            }
        }

        Assert.NotEmpty(lab.Upstream.Requests);
        Assert.All(lab.Upstream.Requests, arrived => Assert.Equal(("staging", null), (arrived.Header("X-Env"), arrived.Header("Connection"))));
    }

    [Theory]
    [InlineData("/api/streamed", 200)]
    [InlineData("/api/whole", 400)]
    public async Task Trailers_are_dropped_from_what_is_streamed_and_refused_where_somebody_looks(string target, int status)
    {
        await using var lab = await Lab.StartAsync((policies, upstream) => policies.Route("api", upstream.Address, Rules + """
            - id: large
              match: { methods: [POST], paths: ["/whole"], where: [{ field: body.amount, gt: 10 }] }
              effect: deny

            """));
        await using var adversary = await lab.ConnectAsync();
        await adversary.SendAsync(
            $"POST {target} HTTP/1.1\r\nHost: api.example\r\nAiAccess-Token: {lab.Policies.Bot.Text}\r\nContent-Type: application/json\r\nTrailer: X-Amount\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX-Amount: 11\r\n\r\n");
        var answer = await adversary.AnswerAsync("POST");
        Assert.Equal(status, answer?.Status);
        if (status == 400) Assert.Contains("(trailers)", answer!.Body, StringComparison.Ordinal);
        Assert.Equal(status == 200 ? 1 : 0, lab.Upstream.Requests.Count);
        Assert.All(lab.Upstream.Requests, request => Assert.True(request.Header("Trailer") is null && !request.Headers.Any(field => field.Name == "X-Amount")));
    }
}
