using System.Net;
using System.Text.RegularExpressions;
using AiAccessProxy.Control.Guarding;
using AiAccessProxy.EndToEnd.Attacks;
using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.EndToEnd.Planes;

namespace AiAccessProxy.EndToEnd;

/// <summary>Where the console leads, and what may be kept of what it says.</summary>
public sealed partial class HostileReturnTests(Browser browser, HostileGround ground) : IClassFixture<Browser>, IClassFixture<HostileGround>, IDisposable
{
    private static readonly string[] Asked = ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-origin", "Origin: null", "Host: evil.test", "Accept: application/json", "X-Forwarded-Host: evil.test"];

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_sign_in_leads_to_the_consoles_own_pages_and_nowhere_else()
    {
        var led = new List<string>();
        foreach (var to in ReturnPaths.All)
        {
            var page = await _client.GetStringAsync(new Uri(ground.World.Proxy.Console, $"/sign-in?to={Uri.EscapeDataString(to)}"), TestContext.Current.CancellationToken);
            if (!page.Contains("<input type=\"hidden\" name=\"to\" value=\"/\">", StringComparison.Ordinal)) led.Add($"the page: {to}");
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(ground.World.Proxy.Console, "/sign-in"));
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
            request.Content = new FormUrlEncodedContent([new("key", ground.World.Policies.KeyOf("grace").Text), new("to", to)]);
            using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
            // A form that is none is refused.
            if ((answer.StatusCode, answer.Headers.Location?.OriginalString) is not ((HttpStatusCode.SeeOther, "/") or (HttpStatusCode.BadRequest, null))) led.Add($"the form: {to}: {answer.StatusCode} {answer.Headers.Location}");
        }

        Assert.Empty(led);
        Assert.True(ReturnPaths.All.Count >= 100);
        TestContext.Current.TestOutputHelper?.WriteLine($"{ReturnPaths.All.Count} places");
    }

    [Fact]
    public async Task A_browser_without_a_session_is_led_to_the_sign_in_page_from_any_path_that_is_asked_for()
    {
        var targets = ReturnPaths.All.Where(to => Plain().IsMatch(to)).Select(to => to[0] == '/' ? to : "/" + to).Distinct().ToList();
        foreach (var target in targets)
        {
            foreach (var site in new[] { "cross-site", "none" })
            {
                var answer = await RawAgent.SendAsync(
                    ground.World.Proxy.Console, RawAgent.Request($"GET {target} HTTP/1.1", [("Host", ground.World.Proxy.Console.Authority), ("Sec-Fetch-Site", site), ("Connection", "close")], null));
                var to = answer.Headers.GetValueOrDefault("Location");
                Assert.True(to is null || OwnSignIn().IsMatch(to), $"{target} leads to {to}");
                Assert.All(Refreshes().Matches(answer.Body), match => Assert.Matches(@"^/(history|tickets/t_[0-9a-f]{32})?$", match.Groups[1].Value));
            }
        }

        Assert.True(targets.Count > 30);
    }

    [Fact]
    public async Task In_a_browser_too_every_way_ends_on_the_console()
    {
        var page = await browser.NewPageAsync();
        foreach (var to in ReturnPaths.All.Where((_, at) => at % 10 == 0))
        {
            await page.GotoAsync($"{ground.Console}/sign-in?to={Uri.EscapeDataString(to)}");
            await page.FillAsync("#key", ground.World.Policies.KeyOf("grace").Text);
            await page.ClickAsync("#sign-in button");
            await ConsolePage.ArriveAsync(page);
            Assert.Equal($"{ground.Console}/", page.Url);
        }
    }

    [Fact]
    public async Task Nothing_that_the_control_plane_says_may_be_kept_framed_guessed_at_or_read_by_another_origin()
    {
        var endpoints = await ControlEndpoint.AllAsync(
            ground.World.Policies.Path,
            new Dictionary<string, string> { ["/tickets/{id}"] = $"/tickets/{ground.Ticket}", ["/agents/{id}"] = "/agents/bot", ["/people/{id}"] = "/people/grace", ["/keys/{key}"] = "/keys/own" },
            null);
        var cookie = await SessionAsync();
        var grace = $"Authorization: Bearer {ground.World.Policies.KeyOf("grace").Text}";
        var asked = 0;
        foreach (var endpoint in endpoints.Append(new("GET", "/nothing", Surface.Open, "/nothing", null)))
        {
            foreach (var method in new[] { endpoint.Method, "OPTIONS", "HEAD", "TRACE", "DELETE" }.Distinct())
            {
                foreach (var extra in Asked.Append(grace).Append(cookie))
                {
                    using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(ground.World.Proxy.Console, endpoint.Target));
                    request.Headers.TryAddWithoutValidation("Origin", "http://evil.test");
                    request.Headers.TryAddWithoutValidation("Access-Control-Request-Method", "POST");
                    request.Headers.TryAddWithoutValidation(extra.Split(": ")[0], extra.Split(": ")[1]);
                    using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                    asked++;
                    string Header(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";
                    Assert.True(
                        Header("Cache-Control") == "no-store" && Header("X-Content-Type-Options") == "nosniff" && Header("X-Frame-Options") == "DENY"
                        && Header("Cross-Origin-Resource-Policy") == "same-origin" && Header("Cross-Origin-Opener-Policy") == "same-origin" && Header("Referrer-Policy") == "same-origin"
                        && Header("Content-Security-Policy").Contains("frame-ancestors 'none'", StringComparison.Ordinal),
                        $"{method} {endpoint.Target} with {extra}: {answer}");
                    Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase) || header.Key is "Server" or "X-Powered-By");
                }
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{asked} answers");
    }

    private async Task<string> SessionAsync()
    {
        var page = await ConsolePage.SignInAsync(browser, ground.World, "grace");
        var cookie = Assert.Single(await page.Context.CookiesAsync());
        return $"Cookie: {cookie.Name}={cookie.Value}";
    }

    [GeneratedRegex(@"^[\x21-\x7e]+$")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^/sign-in(\?to=%2F(history|tickets%2Ft_[0-9a-f]{32}))?$")]
    private static partial Regex OwnSignIn();

    [GeneratedRegex("url=([^\"]*)\"")]
    private static partial Regex Refreshes();
}
