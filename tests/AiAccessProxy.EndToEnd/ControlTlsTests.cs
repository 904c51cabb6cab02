using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Ledger;
using Microsoft.Playwright;

namespace AiAccessProxy.EndToEnd;

/// <summary>The control plane behind a certificate: programs by both versions of HTTP, and people in a real Chromium.</summary>
public sealed class ControlTlsTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    private readonly PlaneTls _tls = new();

    public void Dispose() => _tls.Dispose();

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_reviewer_decides_by_the_API_and_is_told_to_insist_on_https(string version)
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait), _tls.ControlSettings);
        Assert.Equal(Uri.UriSchemeHttps, world.Proxy.Console.Scheme);
        using var grace = new Reviewer(world.Proxy.Console, "grace", world.Policies.KeyOf("grace"), _tls, Version.Parse(version));

        var held = world.Agent().DeleteAsync("/api/things/1");
        var approved = await grace.ApproveAsync(await grace.OnlyPendingAsync());
        Assert.Equal((200, Version.Parse(version), "max-age=31536000"), (approved.Status, approved.Version, approved.Headers["Strict-Transport-Security"]));
        var answer = await held;
        Assert.Equal("request 1", answer.Body);
        Assert.DoesNotContain("Strict-Transport-Security", answer.Headers.Keys);

        using var plain = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(
            () => plain.GetAsync(new UriBuilder(world.Proxy.Console) { Scheme = Uri.UriSchemeHttp }.Uri, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_person_signs_in_and_approves_in_a_browser_with_a_cookie_that_only_https_and_this_host_get()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(
            policies => policies.Route("api", upstream.Address, Rules.WritesWait), [.. _tls.ControlSettings, "--local", "hugo"]);
        var page = await browser.NewPageAsync(trusting: true);
        var link = await world.Proxy.SignInAsync();
        Assert.Equal(world.Proxy.Console.GetLeftPart(UriPartial.Authority), link.GetLeftPart(UriPartial.Authority));
        await page.GotoAsync(link.AbsoluteUri);
        await ConsolePage.ArriveAsync(page);
        var cookie = Assert.Single(await page.Context.CookiesAsync());
        Assert.Equal(
            ("__Host-ai-access", true, true, SameSiteAttribute.Strict, "/", "127.0.0.1"),
            (cookie.Name, cookie.Secure, cookie.HttpOnly, cookie.SameSite, cookie.Path, cookie.Domain));

        var held = world.Agent().DeleteAsync("/api/things/1");
        await page.ClickAsync("[data-ticket] a");
        await page.ClickAsync("form#approve button");
        Assert.Equal("request 1", (await held).Body);

        var records = await world.Story.AllAsync();
        var loaded = Assert.Single(records, record => record.Kind == RecordKind.SettingsLoaded);
        Assert.Contains("control:local=hugo", loaded.Detail, StringComparison.Ordinal);
        Assert.Contains("control:url=https://127.0.0.1:0", loaded.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("gate:hold", loaded.Detail, StringComparison.Ordinal);
    }
}
