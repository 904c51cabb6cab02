using System.Net;
using AiAccessProxy.Control;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Ledger;
using AiAccessProxy.People;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Control;

public class SignInTests
{
    private static readonly PeopleDirectory Nobody = new([], new Dictionary<string, IReadOnlyList<string>>());

    [Fact]
    public async Task A_persons_key_opens_a_session_whose_cookie_scripts_and_other_sites_cannot_use()
    {
        await using var console = await Console.StartAsync();
        using var grace = console.Visit();

        using var answer = await grace.SignInAsync("key-of-grace");

        Assert.Equal((HttpStatusCode.SeeOther, "/"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith($"ai-access-{console.Address.Port}=", cookie, StringComparison.Ordinal);
        Assert.Equal(["httponly", "path=/", "samesite=strict"], cookie.Split("; ").Skip(1).Order());
        Assert.Contains("Grace", (await grace.PageAsync("/")).QuerySelector(".who")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_https_the_cookie_is_bound_to_the_host_and_to_https()
    {
        await using var console = await Console.StartAsync(("control:publicUrl", "https://approvals.example.com"));
        using var grace = console.Visit();

        using var answer = await grace.PostAsync(
            "/sign-in", [("key", "key-of-grace")], ("Host", "approvals.example.com"), ("Origin", "https://approvals.example.com"));

        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("__Host-ai-access=", cookie, StringComparison.Ordinal);
        Assert.Equal(["httponly", "path=/", "samesite=strict", "secure"], cookie.Split("; ").Skip(1).Order());
    }

    [Fact]
    public async Task A_sign_in_is_on_record_and_one_that_cannot_be_recorded_does_not_happen()
    {
        await using var console = await Console.StartAsync();
        using var grace = console.Visit();
        console.Ledger.CannotWrite = true;

        using (var refused = await grace.SignInAsync("key-of-grace"))
            Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (refused.StatusCode, refused.Headers.RetryAfter is not null));
        Assert.Null(grace.Cookie);

        console.Ledger.CannotWrite = false;
        using var answer = await grace.SignInAsync("key-of-grace");
        Assert.NotNull(grace.Cookie);
        var record = Assert.Single(await console.RecordsAsync(), record => record.Kind == RecordKind.PersonSignedIn);
        Assert.Equal(new RecordedReviewer("grace", "console", "key:laptop"), record.Reviewer);
    }

    [Fact]
    public async Task A_session_id_from_before_the_sign_in_is_worth_nothing_afterwards()
    {
        await using var console = await Console.StartAsync();
        using var grace = await console.VisitAsync("grace");
        var before = grace.Cookie;

        using var answer = await grace.SignInAsync("key-of-grace");

        Assert.NotEqual(before, grace.Cookie);
        grace.Cookie = before;
        using var old = await grace.GetAsync("/");
        Assert.Equal(HttpStatusCode.SeeOther, old.StatusCode);
    }

    [Fact]
    public async Task A_chosen_session_id_is_not_taken_over()
    {
        await using var console = await Console.StartAsync();
        using var grace = console.Visit();
        grace.Cookie = $"ai-access-{console.Address.Port}=chosen-by-somebody-else";

        using var answer = await grace.SignInAsync("key-of-grace");

        Assert.DoesNotContain("chosen", grace.Cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_good()
    {
        await using var console = await Console.StartAsync();
        using var grace = await console.VisitAsync("grace");
        var cookie = grace.Cookie;
        var token = (await grace.PageAsync("/")).QuerySelector("form.who input[name=token]")!.GetAttribute("value")!;

        using (var answer = await grace.PostAsync("/sign-out", [("token", token)])) Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);

        Assert.Null(grace.Cookie);
        grace.Cookie = cookie;
        using var again = await grace.GetAsync("/");
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
    }

    [Fact]
    public async Task A_session_ends_when_it_is_idle_or_old_and_what_a_page_asks_by_itself_is_no_use()
    {
        await using var console = await Console.StartAsync();
        using var grace = await console.VisitAsync("grace");

        for (var i = 0; i < 3; i++)
        {
            console.Time.Advance(TimeSpan.FromMinutes(25));
            using var live = await grace.GetAsync("/", ("AiAccess-Live", "1"));
            Assert.Equal(i < 2 ? HttpStatusCode.OK : HttpStatusCode.SeeOther, live.StatusCode);
        }

        using var lin = await console.VisitAsync("lin");
        for (var i = 0; i < 15; i++)
        {
            console.Time.Advance(TimeSpan.FromMinutes(50));
            using var used = await lin.GetAsync("/");
            Assert.Equal((i + 1) * 50 < 12 * 60 ? HttpStatusCode.OK : HttpStatusCode.SeeOther, used.StatusCode);
        }
    }

    [Fact]
    public async Task Who_loses_their_key_or_their_place_in_the_policy_is_out_at_once()
    {
        await using var console = await Console.StartAsync();
        using var grace = await console.VisitAsync("grace");

        await console.Of<PolicyStore>().SwapAsync(Console.Snapshot with { People = Nobody }, TestContext.Current.CancellationToken);

        using var page = await grace.GetAsync("/");
        Assert.Equal(HttpStatusCode.SeeOther, page.StatusCode);
        using var api = await grace.ApiAsync(HttpMethod.Get, "/api/v1/whoami", "key-of-grace");
        Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);
    }

    [Theory]
    [InlineData("nobodys-key", HttpStatusCode.Unauthorized, "unknown-key")]
    [InlineData("", HttpStatusCode.Unauthorized, "unknown-key")]
    [InlineData(Console.AgentKey, HttpStatusCode.Forbidden, "agent-key")]
    public async Task A_key_that_is_no_persons_opens_nothing_and_says_why(string key, HttpStatusCode status, string kind)
    {
        await using var console = await Console.StartAsync();
        using var stranger = console.Visit();

        using var answer = await stranger.SignInAsync(key);

        Assert.Equal(status, answer.StatusCode);
        Assert.Null(stranger.Cookie);
        Assert.NotNull((await Visitor.ParseAsync(answer)).QuerySelector($"[data-problem='{kind}']"));
    }

    [Fact]
    public async Task Refused_keys_are_counted_on_the_ledger()
    {
        await using var console = await Console.StartAsync();
        using var stranger = console.Visit();
        using (await stranger.SignInAsync("nobodys-key")) { }
        using (await stranger.ApiAsync(HttpMethod.Get, "/api/v1/tickets", "nobodys-key")) { }
        using (await stranger.ApiAsync(HttpMethod.Get, "/api/v1/tickets", Console.AgentKey)) { }

        await console.StopAsync();

        Assert.Equal(
            [("agent-key", 1L), ("unknown-key", 2L)],
            (await console.RecordsAsync()).Where(record => record.Kind == RecordKind.Refused).Select(record => (record.Detail!, record.Count!.Value)).Order());
    }

    [Fact]
    public async Task After_ten_wrong_keys_an_address_has_to_wait_a_minute_even_with_the_right_one()
    {
        await using var console = await Console.StartAsync();
        using var stranger = console.Visit();
        for (var i = 0; i < FailedTries.Allowed; i++) (await stranger.SignInAsync($"guess-{i}")).Dispose();

        using (var answer = await stranger.SignInAsync("key-of-grace"))
            Assert.Equal((HttpStatusCode.TooManyRequests, true), (answer.StatusCode, answer.Headers.RetryAfter is not null));

        console.Time.Advance(FailedTries.Within);
        using var later = await stranger.SignInAsync("key-of-grace");
        Assert.Equal(HttpStatusCode.SeeOther, later.StatusCode);
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/history", "/history")]
    [InlineData("/tickets/t_0123456789abcdef0123456789abcdef", "/tickets/t_0123456789abcdef0123456789abcdef")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/history\r\nX: y", "/")]
    [InlineData("/sign-in", "/")]
    [InlineData("/tickets/../x", "/")]
    public async Task A_sign_in_leads_to_the_consoles_own_pages_only(string asked, string led)
    {
        await using var console = await Console.StartAsync();
        using var grace = console.Visit();

        using var answer = await grace.PostAsync("/sign-in", [("key", "key-of-grace"), ("to", asked)]);

        Assert.Equal(led, answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_click_on_a_link_elsewhere_is_asked_again_from_our_own_page_so_that_the_strict_cookie_comes()
    {
        await using var console = await Console.StartAsync();
        using var stranger = console.Visit();

        var page = await Visitor.ParseAsync(await stranger.GetAsync("/history", ("Sec-Fetch-Site", "cross-site")));
        Assert.Equal("0; url=/history", page.QuerySelector("meta[http-equiv=refresh]")!.GetAttribute("content"));

        using var own = await stranger.GetAsync("/history", ("Sec-Fetch-Site", "same-origin"));
        Assert.Equal("/sign-in?to=%2Fhistory", own.Headers.Location!.OriginalString);
    }
}
