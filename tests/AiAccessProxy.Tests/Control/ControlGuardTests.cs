using System.Net;
using AiAccessProxy.Control.Guarding;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AiAccessProxy.Tests.Control;

public class ControlGuardTests
{
    private static readonly string[] Open =
    [
        "GET /livez", "GET /readyz", "GET /metrics", "GET /assets/app.css", "GET /assets/app.js", "GET /assets/icon.svg",
        "GET /sign-in", "POST /sign-in", "GET /sign-in/local", "GET /sign-in/oidc", "GET /sign-in/oidc/return",
    ];

    [Fact]
    public async Task Only_probes_and_what_signing_in_needs_are_open_and_everything_else_asks_who_it_is()
    {
        await using var console = await Console.StartAsync();
        using var stranger = console.Visit();
        var endpoints = Endpoints(console);

        Assert.Equal(Open.Order(), endpoints.Where(one => one.Surface == Surface.Open).Select(one => $"{one.Method} {one.Path}").Order());
        var closed = endpoints.Where(one => one.Surface != Surface.Open).ToList();
        Assert.NotEmpty(closed);
        foreach (var (method, path, surface) in closed)
        {
            using var answer = method == "POST" && surface == Surface.Page
                ? await stranger.PostAsync(path, [("vote", "approve")])
                : await stranger.ApiAsync(new(method), path, key: null, method == "POST" ? new { vote = "approve" } : null);
            var isAsked = surface == Surface.Page && method == "GET"
                ? answer.StatusCode == HttpStatusCode.SeeOther && answer.Headers.Location!.OriginalString.StartsWith("/sign-in", StringComparison.Ordinal)
                : answer.StatusCode == HttpStatusCode.Unauthorized;
            Assert.True(isAsked, $"{method} {path}: {answer.StatusCode}");
        }
    }

    [Theory]
    [InlineData("Authorization", "Bearer " + Console.AgentKey)]
    [InlineData("authorization", "bearer " + Console.AgentKey)]
    [InlineData("AiAccess-Token", Console.AgentKey)]
    [InlineData("x-api-key", Console.AgentKey)]
    [InlineData("api-key", Console.AgentKey)]
    [InlineData("Authorization", "Basic dTprZXktb2YtdGhlLWFnZW50")]
    public async Task An_agents_key_is_refused_on_every_endpoint_even_beside_a_persons_session(string header, string value)
    {
        await using var console = await Console.StartAsync();
        var ticket = await console.OpenAsync();
        using var grace = await console.VisitAsync("grace");

        foreach (var (method, path, _) in Endpoints(console, ticket.Id.Value))
        {
            using var answer = method == "POST"
                ? await grace.PostAsync(path, [("vote", "approve")], ("Sec-Fetch-Site", "same-origin"), (header, value))
                : await grace.GetAsync(path, (header, value));
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {path}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task What_is_not_there_is_not_found_and_another_method_finds_nothing_either()
    {
        await using var console = await Console.StartAsync();
        using var stranger = console.Visit();

        foreach (var (method, path) in new[] { ("GET", "/nothing"), ("PUT", "/"), ("DELETE", "/api/v1/tickets"), ("HEAD", "/history"), ("GET", "/api/v1/nothing") })
        {
            using var answer = await stranger.ApiAsync(new(method), path, null);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:{port}")]
    [InlineData("127.0.0.1.evil.example:{port}")]
    [InlineData("localhost.evil.example:{port}")]
    [InlineData("127.0.0.1:1")]
    [InlineData("127.0.0.2:{port}")]
    [InlineData("[::1]:{port}")]
    public async Task A_request_under_a_foreign_name_is_refused_before_anything_else(string host)
    {
        await using var console = await Console.StartAsync();
        using var grace = await console.VisitAsync("grace");

        using var answer = await grace.GetAsync("/", ("Host", host.Replace("{port}", $"{console.Address.Port}", StringComparison.Ordinal)));

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
        Assert.DoesNotContain("Pending", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_console_answers_to_localhost_and_to_its_public_name()
    {
        await using var console = await Console.StartAsync(("control:publicUrl", "https://approvals.example.com"));
        using var stranger = console.Visit();

        foreach (var host in new[] { $"localhost:{console.Address.Port}", "approvals.example.com", "APPROVALS.example.com", $"127.0.0.1:{console.Address.Port}" })
        {
            using var answer = await stranger.GetAsync("/sign-in", ("Host", host));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Every_answer_forbids_scripts_of_others_frames_caches_and_guessed_types()
    {
        await using var console = await Console.StartAsync();
        using var grace = await console.VisitAsync("grace");

        foreach (var path in new[] { "/", "/history", "/sign-in", "/nothing", "/api/v1/whoami", "/assets/app.js", "/livez" })
        {
            using var answer = await grace.GetAsync(path);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("form-action 'self'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
            Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        }
    }

    [Fact]
    public async Task A_page_holds_no_script_or_style_of_its_own()
    {
        await using var console = await Console.StartAsync();
        var ticket = await console.OpenAsync();
        using var grace = await console.VisitAsync("grace");

        foreach (var path in new[] { "/", "/history", $"/tickets/{ticket.Id}" })
        {
            var page = await grace.PageAsync(path);
            Assert.All(page.QuerySelectorAll("script"), script => Assert.Equal(("/assets/app.js", ""), (script.GetAttribute("src"), script.TextContent)));
            Assert.Empty(page.QuerySelectorAll("style, [style]"));
            Assert.DoesNotContain(page.All.SelectMany(element => element.Attributes), attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal));
        }
    }

    /// <summary>All there is to ask of the plane.</summary>
    internal static List<(string Method, string Path, Surface? Surface)> Endpoints(Console console, string ticket = "t_00000000000000000000000000000000") =>
    [.. console.Of<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(
        endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods,
        (endpoint, method) => (
            method, '/' + endpoint.RoutePattern.RawText!.Trim('/').Replace("{id}", ticket, StringComparison.Ordinal), endpoint.Metadata.GetMetadata<Admits>()?.Surface))];
}
