using System.Text.Json;
using AiAccessProxy.EndToEnd.Attacks;
using AiAccessProxy.EndToEnd.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace AiAccessProxy.EndToEnd;

/// <summary>What another site can make a reviewer's Chromium do to the console: from another port of its host, and from another name.</summary>
public class HostileSitesTests(Browser browser, HostileGround ground) : IClassFixture<Browser>, IClassFixture<HostileGround>
{
    private string Console => ground.Console;

    [Fact]
    public async Task No_request_that_another_site_makes_the_browser_send_decides_anything()
    {
        var grace = await ConsolePage.SignInAsync(browser, ground.World, "grace");
        var mallory = await ConsolePage.SignInAsync(browser, ground.World, "mallory");
        var token = await mallory.Locator("input[name=token]").First.InputValueAsync();
        string[] targets =
        [
            $"/tickets/{ground.Ticket}/votes", "/sign-out", "/sign-in", "/agents/bot/suspend", $"/api/v1/tickets/{ground.Ticket}/votes", "/api/v1/agents/bot/suspend", "/api/v1/agents/bot/keys",
        ];
        var arrived = 0;
        grace.Context.Request += (_, request) => { if (request.Method == "POST" && request.Url.StartsWith(Console, StringComparison.Ordinal)) Interlocked.Increment(ref arrived); };
        var made = 0;
        foreach (var origin in ground.Evil.Origins)
        {
            var page = await HostileGround.LureAsync(grace, origin);
            var told = await page.EvaluateAsync<JsonElement>(Forgery.Script, new { console = Console, targets, token });
            Assert.Equal([], told.GetProperty("read").EnumerateArray().Select(one => one.GetString()));
            made += told.GetProperty("made").GetInt32();
            await page.CloseAsync();
        }

        Assert.True(arrived > made / 2, $"{arrived} of {made} were sent at all");
        await ground.NothingHappenedAsync(grace);
        TestContext.Current.TestOutputHelper?.WriteLine($"{made} forged requests");
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    [InlineData("text/plain")]
    public async Task A_form_sent_as_a_whole_page_just_after_signing_in_is_refused(string type)
    {
        foreach (var origin in ground.Evil.Origins)
        {
            var grace = await ConsolePage.SignInAsync(browser, ground.World, "grace");
            foreach (var (target, fields) in new[]
            {
                ($"/tickets/{ground.Ticket}/votes", new Dictionary<string, string> { ["vote"] = "approve", ["token"] = "x" }),
                ("/sign-out", new() { ["token"] = "x" }),
                ("/sign-in", new() { ["key"] = ground.World.Policies.KeyOf("mallory").Text, ["to"] = "/" }),
            })
            {
                var page = await HostileGround.LureAsync(grace, origin);
                await page.EvaluateAsync(Forgery.TopLevel, new { url = Console + target, type, fields });
                await page.Locator("[data-problem=foreign-form], [data-problem=sign-in-needed]").WaitForAsync();
                await page.CloseAsync();
            }

            await ground.NothingHappenedAsync(grace);
            await grace.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task No_site_frames_a_page_or_keeps_hold_of_its_window()
    {
        var grace = await ConsolePage.SignInAsync(browser, ground.World, "grace");
        string[] pages = ["/", $"/tickets/{ground.Ticket}", "/history", "/sign-in", "/nothing", "/api/v1/tickets", "/livez", "/assets/icon.svg"];
        var framed = 0;
        foreach (var origin in ground.Evil.Origins)
        {
            var page = await HostileGround.LureAsync(grace, origin);
            framed += await page.EvaluateAsync<int>(Forgery.Frames, pages.Select(path => Console + path));
            foreach (var frame in page.Frames.Skip(1))
            {
                Assert.False(frame.Url.StartsWith(Console, StringComparison.Ordinal), $"{frame.Url} is shown in a frame");
                Assert.DoesNotContain("AI access", await frame.Locator("body").InnerTextAsync(), StringComparison.Ordinal);
            }

            var opened = await page.RunAndWaitForPopupAsync(() => page.EvaluateAsync("url => { window.victim = window.open(url); }", $"{Console}/"));
            await opened.Locator(ConsolePage.Inbox).Or(opened.Locator("#sign-in")).WaitForAsync();
            Assert.True(await page.EvaluateAsync<bool>("() => { try { return window.victim.closed || !window.victim.location.href; } catch { return window.victim.closed; } }"), "the window is still held");
            Assert.True(await opened.EvaluateAsync<bool>("() => window.opener === null"));
            await page.CloseAsync();
        }

        // Not even one of its own: nothing on the console frames anything.
        await grace.EvaluateAsync<int>("async url => { const one = document.createElement('iframe'); const loaded = new Promise(done => one.onload = done); one.src = url; document.body.append(one); await loaded; return 1; }", $"{Console}/history");
        Assert.DoesNotContain(grace.Frames.Skip(1), frame => frame.Url.StartsWith(Console, StringComparison.Ordinal));
        await ground.NothingHappenedAsync(grace);
        TestContext.Current.TestOutputHelper?.WriteLine($"{framed} frames");
    }

    [Fact]
    public async Task No_site_reads_a_page_the_API_or_a_stream()
    {
        var grace = await ConsolePage.SignInAsync(browser, ground.World, "grace");
        string[] paths = ["/", $"/tickets/{ground.Ticket}", "/events", "/api/v1/tickets", "/api/v1/events", "/api/v1/openapi.json", "/readyz", "/assets/app.js", "/assets/app.css", "/assets/icon.svg", "/nothing"];
        foreach (var origin in ground.Evil.Origins)
        {
            var page = await HostileGround.LureAsync(grace, origin);
            Assert.Empty(await page.EvaluateAsync<string[]>(Forgery.Reads, paths.Select(path => Console + path)));
            await page.CloseAsync();
        }
    }

    [Fact]
    public async Task A_name_that_was_made_to_resolve_to_the_console_gets_nothing_of_it()
    {
        var grace = await ConsolePage.SignInAsync(browser, ground.World, "grace");
        var page = await grace.Context.NewPageAsync();
        var rebound = $"http://rebound.test:{ground.World.Proxy.Console.Port}";
        Assert.Equal(421, (await page.GotoAsync($"{rebound}/"))!.Status);
        foreach (var path in new[] { "/", "/sign-in", "/api/v1/tickets", "/events", "/assets/app.js", $"/tickets/{ground.Ticket}" })
        {
            Assert.Equal(421, await page.EvaluateAsync<int>("async path => (await fetch(path, { credentials: 'include' })).status", path));
            Assert.Equal(421, await page.EvaluateAsync<int>("async path => (await fetch(path, { method: 'POST', body: new URLSearchParams({ vote: 'approve' }) })).status", path));
        }

        await ground.NothingHappenedAsync(grace);
    }

    [Fact]
    public async Task No_session_that_somebody_else_knew_becomes_the_one_in_which_a_person_signs_in()
    {
        var name = $"ai-access-{ground.World.Proxy.Console.Port}";
        var mallory = await ConsolePage.SignInAsync(browser, ground.World, "mallory");
        var known = Assert.Single(await mallory.Context.CookiesAsync()).Value;
        foreach (var planted in new[] { "known", known })
        {
            var page = await browser.NewPageAsync();
            ground.Evil.On = context =>
            {
                foreach (var path in new[] { "/", "/sign-in", "/tickets" }) context.Response.Headers.Append("Set-Cookie", $"{name}={planted}; Path={path}");
                return Task.CompletedTask;
            };
            await page.GotoAsync(ground.Evil.Address.AbsoluteUri);
            ground.Evil.On = null;
            await page.GotoAsync($"{Console}/sign-in");
            await page.FillAsync("#key", ground.World.Policies.KeyOf("grace").Text);
            await page.ClickAsync("#sign-in button");
            await ConsolePage.ArriveAsync(page);
            Assert.Equal("Grace", await page.Locator(".who .name").TextContentAsync());
            Assert.Contains(await page.Context.CookiesAsync(), cookie => cookie.Name == name && cookie.Path == "/" && cookie.Value != planted);

            // Whoever knew it is nobody by it now, and not Grace in any case.
            var other = await browser.NewPageAsync();
            await other.Context.AddCookiesAsync([new() { Name = name, Value = planted, Url = Console }]);
            await other.GotoAsync($"{Console}/");
            await other.Locator("#sign-in").WaitForAsync();
            await page.Context.CloseAsync();
            await other.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task After_signing_out_nothing_that_was_seen_comes_back()
    {
        var grace = await ConsolePage.SignInAsync(browser, ground.World, "grace");
        foreach (var path in new[] { $"/tickets/{ground.Ticket}", "/history", "/" }) await grace.GotoAsync(Console + path);
        await grace.ClickAsync(".who button");
        await grace.Locator("#sign-in").WaitForAsync();
        for (var back = 0; back < 4; back++)
        {
            await grace.EvaluateAsync("() => history.back()");
            await grace.Locator("#sign-in, title").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
            await grace.Locator("#sign-in").WaitForAsync();
            Assert.DoesNotContain("Change a thing", await grace.ContentAsync(), StringComparison.Ordinal);
        }

        Assert.Empty(await grace.Context.CookiesAsync());
    }

    [Fact]
    public async Task No_other_site_is_told_where_somebody_came_from()
    {
        var came = 0;
        var grace = await ConsolePage.SignInAsync(browser, ground.World, "grace");
        foreach (var origin in ground.Evil.Origins)
        {
            await grace.GotoAsync($"{Console}/tickets/{ground.Ticket}");
            await grace.EvaluateAsync("url => { const link = Object.assign(document.createElement('a'), { href: url, textContent: 'x' }); document.body.prepend(link); link.click(); }", $"{origin}came");
            await Eventually.HoldsAsync(() => ground.Evil.Visits.Count(visit => visit.Path == "/came") > came, "the browser comes");
            // The visit is known before the browser has left the page it came from.
            await Eventually.HoldsAsync(() => grace.Url == $"{origin}came", "the browser has left");
            came++;
        }

        Assert.All(ground.Evil.Visits.Where(visit => visit.Path == "/came"), visit => Assert.Equal("", visit.Referer));
        Assert.Equal(2, ground.Evil.Visits.Count(visit => visit.Path == "/came"));
    }

    [Fact]
    public async Task The_local_link_is_not_used_up_by_looking_ahead_and_works_once()
    {
        var link = (await ground.World.Proxy.SignInAsync()).AbsoluteUri;
        var page = await browser.NewPageAsync();
        await page.GotoAsync($"{Console}/sign-in");
        foreach (var method in new[] { "HEAD", "POST", "OPTIONS" })
            Assert.InRange(await page.EvaluateAsync<int>("async ({ url, method }) => (await fetch(url, { method })).status", new { url = link, method }), 400, 499);
        await page.EvaluateAsync("async url => { const ahead = Object.assign(document.createElement('link'), { rel: 'prefetch', href: url }); const done = new Promise(end => ahead.onload = ahead.onerror = end); document.head.append(ahead); await done; }", link);
        Assert.Empty(await page.Context.CookiesAsync());

        await page.GotoAsync(link);
        await ConsolePage.ArriveAsync(page);
        Assert.Equal("Hugo", await page.Locator(".who .name").TextContentAsync());
        Assert.Equal(403, (await page.GotoAsync(link))!.Status);
        var other = await browser.NewPageAsync();
        Assert.Equal(403, (await other.GotoAsync(link))!.Status);
        Assert.Empty(await other.Context.CookiesAsync());
    }
}
