using AiAccessProxy.EndToEnd.Attacks;
using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Ledger;
using Microsoft.Playwright;

namespace AiAccessProxy.EndToEnd;

/// <summary>A sign-in by the provider that somebody else has a hand in, in a real Chromium, with the provider on another site than the console.</summary>
public sealed class HostileSignInTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private const string Inbox = ConsolePage.Inbox;

    private RawUpstream _upstream = null!;
    private LeadingProvider _provider = null!;
    private World _world = null!;
    private string _console = "";

    public async ValueTask InitializeAsync()
    {
        (_upstream, _provider) = (new(), await LeadingProvider.StartAsync());
        var console = new Uri($"http://localhost:{OidcProvider.FreePort()}");
        _console = console.GetLeftPart(UriPartial.Authority);
        _world = await World.StartAsync(
            policies =>
            {
                policies.Route("things", _upstream.Address, Rules.WritesWait, "hold: 0s");
                var people = File.ReadAllText(Path.Combine(policies.Path, "people.yaml"));
                foreach (var name in new[] { "Grace", "Mallory" })
                    people = people.Replace($"name: {name},", $"name: {name}, oidc: [{{ issuer: \"{_provider.Issuer}\", subject: {name.ToLowerInvariant()} }}],", StringComparison.Ordinal);
                policies.Write("people.yaml", people);
            },
            "--control:url", $"http://127.0.0.1:{console.Port}", "--control:publicUrl", _console,
            "--control:oidc:issuer", _provider.Issuer, "--control:oidc:clientId", "console");
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        await _provider.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task An_answer_of_the_provider_is_good_once_in_the_browser_that_asked_and_nowhere_else()
    {
        var grace = await browser.NewPageAsync();
        await BeginAsync(grace);
        await grace.Locator(Inbox).WaitForAsync();
        Assert.Equal("Grace", await grace.Locator(".who .name").TextContentAsync());
        Assert.True(_provider.Answers.TryDequeue(out var used));
        await RefusedAsync(await browser.NewPageAsync(), used, "replayed in another browser");
        await RefusedAsync(await SameBrowserAsync(grace), used, "replayed in the same browser");
        await grace.GotoAsync(_console);
        Assert.Equal("Grace", await grace.Locator(".who .name").TextContentAsync());

        // Login CSRF: Mallory's answer, not used yet, in the browser of somebody who has begun nothing, who has begun, and who is in.
        _provider.Stops = true;
        var (mallory, begun, idle) = (await browser.NewPageAsync(), await browser.NewPageAsync(), await browser.NewPageAsync());
        var (malloryAnswer, graceAnswer) = (await AnswerAsync(mallory, "mallory"), await AnswerAsync(begun, "grace"));
        await RefusedAsync(idle, malloryAnswer, "in a browser that has begun nothing");
        await RefusedAsync(await SameBrowserAsync(grace), malloryAnswer, "in a browser that is signed in");
        await RefusedAsync(begun, malloryAnswer, "in a browser that has begun another");
        // What was refused ended what had been begun: the true answer is void as well.
        await RefusedAsync(begun, graceAnswer, "after another was refused");
        await grace.GotoAsync(_console);
        Assert.Equal("Grace", await grace.Locator(".who .name").TextContentAsync());
        Assert.Single(await _world.Story.AllAsync(), record => record.Kind == RecordKind.PersonSignedIn);
    }

    /// <param name="group">Few at a time: whoever fails more often has to wait, and would be refused for that.</param>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task An_answer_that_was_changed_on_its_way_signs_nobody_in(int group)
    {
        _provider.Stops = true;
        var changes = new (string What, Func<string, string, string> Change)[]
        {
            ("no state", (answer, _) => Without(answer, "state")),
            ("an empty state", (answer, _) => Without(answer, "state") + "&state="),
            ("two states", (answer, _) => answer + "&state=x"),
            ("another's state", (answer, other) => Without(answer, "state") + "&" + Of(other, "state")),
            ("another's code", (answer, other) => Without(answer, "code") + "&" + Of(other, "code")),
            ("no code", (answer, _) => Without(answer, "code")),
            ("two codes", (answer, other) => answer + "&" + Of(other, "code")),
            ("an error", (answer, _) => answer + "&error=access_denied"),
            ("another issuer", (answer, _) => answer + "&iss=http://evil.test"),
            ("two issuers", (answer, _) => answer + $"&iss={Uri.EscapeDataString(_provider.Issuer)}&iss=http://evil.test"),
            ("a fragment for a query", (answer, _) => answer.Replace('?', '#')),
        };
        // Codes are for whoever sat there, and nonces of whoever asked: one of Mallory's in Grace's answer is found by its nonce.
        var (page, foreign) = (await browser.NewPageAsync(), await AnswerAsync(await browser.NewPageAsync(), "mallory"));
        foreach (var (what, change) in changes.Where((_, at) => at % 2 == group)) await RefusedAsync(page, change(await AnswerAsync(page, "grace"), foreign), what);
        Assert.DoesNotContain(await _world.Story.AllAsync(), record => record.Kind == RecordKind.PersonSignedIn);
    }

    [Fact]
    public async Task A_token_that_was_not_made_for_this_sign_in_signs_nobody_in()
    {
        _provider.Stops = true;
        var page = await browser.NewPageAsync();
        foreach (var claims in new Action<System.Text.Json.Nodes.JsonObject>[] { token => token.Remove("nonce"), token => token["nonce"] = "x", token => token["aud"] = "urn:agents", token => token["azp"] = "bot", token => token["idtyp"] = "app" })
        {
            _provider.Claims = claims;
            await RefusedAsync(page, await AnswerAsync(page, "grace"), "a token of another kind");
        }

        Assert.DoesNotContain(await _world.Story.AllAsync(), record => record.Kind == RecordKind.PersonSignedIn);
    }

    [Fact]
    public async Task The_way_back_cannot_be_posted_or_framed_and_what_was_begun_elsewhere_does_not_count()
    {
        _provider.Stops = true;
        var page = await browser.NewPageAsync();
        var answer = await AnswerAsync(page, "grace");
        var cookie = Assert.Single(await page.Context.CookiesAsync());
        Assert.Equal((SameSiteAttribute.Lax, true), (cookie.SameSite, cookie.HttpOnly));

        var fields = answer[(answer.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        await page.EvaluateAsync(Forgery.TopLevel, new { url = answer[..answer.IndexOf('?', StringComparison.Ordinal)], type = "application/x-www-form-urlencoded", fields });
        await page.Locator("[data-problem]").WaitForAsync();
        Assert.DoesNotContain(await page.Context.CookiesAsync(), one => one.Name != cookie.Name);

        // A cookie that another site made up, or that was kept from before, opens nothing.
        var forged = await browser.NewPageAsync();
        await forged.Context.AddCookiesAsync([new() { Name = cookie.Name, Value = cookie.Value[..^4] + "AAAA", Url = _console }]);
        await RefusedAsync(forged, answer, "with a forged cookie");
        Assert.DoesNotContain(await _world.Story.AllAsync(), record => record.Kind == RecordKind.PersonSignedIn);
    }

    private static async Task<IPage> SameBrowserAsync(IPage page) => await page.Context.NewPageAsync();

    private static string Without(string answer, string name) =>
        answer[..(answer.IndexOf('?', StringComparison.Ordinal) + 1)] + string.Join('&', answer[(answer.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Where(pair => !pair.StartsWith($"{name}=", StringComparison.Ordinal)));

    private static string Of(string answer, string name) =>
        answer[(answer.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Single(pair => pair.StartsWith($"{name}=", StringComparison.Ordinal));

    private async Task BeginAsync(IPage page)
    {
        await page.GotoAsync(_console);
        await page.ClickAsync("#provider");
    }

    /// <summary>The address with which the provider would have sent this browser back.</summary>
    private async Task<string> AnswerAsync(IPage page, string person)
    {
        _provider.Person = person;
        await BeginAsync(page);
        string? answer = null;
        await Eventually.HoldsAsync(() => _provider.Answers.TryDequeue(out answer), "the browser comes to the provider");
        await Eventually.HoldsAsync(() => page.Url.StartsWith(_provider.Page.AbsoluteUri, StringComparison.Ordinal), "the browser is at the provider");
        return answer!;
    }

    private async Task RefusedAsync(IPage page, string answer, string what)
    {
        var before = await page.Context.CookiesAsync();
        await page.GotoAsync("about:blank");
        var told = await page.GotoAsync(answer);
        Assert.True(told!.Status is 403 or 503, $"{what}: {told.Status}");
        Assert.True(await page.Locator("[data-problem]").CountAsync() == 1, what);
        Assert.DoesNotContain(await page.Context.CookiesAsync(), cookie => before.All(known => (known.Name, known.Value) != (cookie.Name, cookie.Value)));
    }
}
