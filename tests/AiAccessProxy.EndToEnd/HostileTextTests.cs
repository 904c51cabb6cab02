using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using AiAccessProxy.Approvals.Showing;
using AiAccessProxy.Control.Guarding;
using AiAccessProxy.EndToEnd.Attacks;
using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.EndToEnd.Planes;
using Microsoft.Playwright;

namespace AiAccessProxy.EndToEnd;

/// <summary>Text that an agent puts wherever it can put any is shown as that text on every page that shows it, and does and changes nothing there.</summary>
public class HostileTextTests(Browser browser) : IClassFixture<Browser>
{
    private const int PerCall = 16;

    private static readonly string Policy = string.Concat(HostileCall.Kinds.Select(kind => $$"""
        - id: {{kind}}
          match: { paths: ["/{{kind}}/{number}/{thing}"] }
          effect: require_approval
          summary: "Change {path.thing} for {header.x-note} and {{{kind switch { "json" => "body.name", "form" => "form.name", _ => "query.q0" }}}}"
          approval: { need: [{ approvals: 1, from: [group:reviewers] }], decide_within: 10m, use_within: 10m }

        """));

    private readonly ConcurrentBag<string> _alarms = [];

    [Fact]
    public async Task No_text_of_an_agent_becomes_anything_but_text_on_any_page()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("things", upstream.Address, Policy, "hold: 0s"), "--approvals:maxTicketsPerAgent", "1000");
        var page = await ConsolePage.SignInAsync(browser, world, "grace");
        Watch(page, world.Proxy.Console);
        await page.Context.AddInitScriptAsync(SeenPage.Canary);
        var (harmless, elements, buttons) = (await OpenAsync(world, 0, ["plain"]), new HashSet<string>(), new List<string>());
        foreach (var (ticket, _) in harmless)
        {
            var seen = await SeeAsync(page, new(world.Proxy.Console, $"/tickets/{ticket}"));
            elements.UnionWith(seen.Elements);
            buttons = [.. seen.Buttons];
        }

        // Escapes are marked, and what they are is told.
        elements.UnionWith(["span[class]", "span", "p", "p[class]", "small"]);
        var hostile = new List<(string Ticket, HostileCall Call)>();
        foreach (var (number, payloads) in Payloads.All.Chunk(PerCall).ToList().Index()) hostile.AddRange(await OpenAsync(world, number + 1, payloads));

        foreach (var (ticket, call) in hostile)
        {
            var seen = await SeeAsync(page, new(world.Proxy.Console, $"/tickets/{ticket}"));
            Check(seen, $"the page of {ticket}", elements);
            Assert.Equal(buttons, seen.Buttons);
            Assert.Equal(
                [" post /sign-out token,", $"approve post /tickets/{ticket}/votes token,vote=approve,reason,", $"deny post /tickets/{ticket}/votes token,vote=deny,reason,"], seen.Forms);
            Assert.Equal(call.Claims.ToDictionary(claim => claim.Key.ToLowerInvariant(), claim => Shown(claim.Value)), seen.Claims.ToDictionary(claim => claim.Key.ToLowerInvariant(), claim => claim.Value));
            var shown = JsonSerializer.Deserialize<SeenCall>(await page.EvaluateAsync<string>(SeenCall.Script))!;
            Assert.Null(shown.Part("body")!.WhyNot(call.Body));
        }

        await CheckListsAsync(world, page, [.. hostile.Select(one => one.Ticket)]);
        await CheckAnswersAsync(world, page);
        Assert.Empty(_alarms);
        Assert.Empty(upstream.Requests);
        Assert.True(Payloads.All.Count >= 300);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Payloads.All.Count} payloads in {hostile.Count} tickets");
    }

    private static async Task<IReadOnlyList<(string Ticket, HostileCall Call)>> OpenAsync(World world, int number, IReadOnlyList<string> payloads)
    {
        var opened = new List<(string, HostileCall)>();
        foreach (var kind in HostileCall.Kinds)
        {
            var call = HostileCall.Of(kind, number, payloads, world.Policies.Bot);
            var answer = await RawAgent.SendAsync(world.Proxy.Agents, call.Request);
            Assert.True(answer.Said == "403 approval-pending", $"{kind} {number}: {answer}");
            opened.Add((answer.Ticket, call));
        }

        return opened;
    }

    /// <summary>Every page that the console has, with the tickets pending, and again when they are over.</summary>
    private static async Task CheckListsAsync(World world, IPage page, IReadOnlyList<string> tickets)
    {
        var pages = (await ControlEndpoint.AllAsync(
            world.Policies.Path, new Dictionary<string, string> { ["/tickets/{id}"] = $"/tickets/{tickets[0]}", ["/agents/{id}"] = "/agents/bot", ["{id}"] = "bot", ["{key}"] = "own" }, null))
            .Where(one => one is { Surface: Surface.Page, Method: "GET", Template: not "/events" }).Select(one => one.Target).ToList();
        foreach (var path in pages) Check(await SeeAsync(page, new(world.Proxy.Console, path)), path, null);
        var inbox = await SeeAsync(page, world.Proxy.Console);
        Assert.Subset(tickets.Select(ticket => $"/tickets/{ticket}").ToHashSet(), inbox.Leads.Where(lead => lead.StartsWith("/tickets/", StringComparison.Ordinal)).Skip(HostileCall.Kinds.Length).ToHashSet());

        using var grace = new Reviewer(world.Proxy.Console, "grace", world.Policies.KeyOf("grace"));
        foreach (var (ticket, at) in tickets.Select((ticket, at) => (ticket, at))) await grace.DenyAsync(ticket, Payloads.All[at % Payloads.All.Count]);
        foreach (var path in pages.Append($"/tickets/{tickets[^1]}").Append($"/tickets/{tickets[7]}")) Check(await SeeAsync(page, new(world.Proxy.Console, path)), $"{path} afterwards", null);
    }

    /// <summary>What the API says, and what both planes answer to addresses that are nothing, opened in a tab as if they were pages.</summary>
    private async Task CheckAnswersAsync(World world, IPage page)
    {
        foreach (var payload in Payloads.All.Where((_, at) => at % 16 == 0))
        {
            foreach (var target in new[] { $"/{Payloads.InPath(payload)}", $"/tickets/{Payloads.InPath(payload)}", $"/sign-in?to={Uri.EscapeDataString(payload)}", $"/sign-in/local?code={Uri.EscapeDataString(payload)}" })
                Check(await SeeAsync(page, new(world.Proxy.Console.GetLeftPart(UriPartial.Authority) + target)), target, null);
            await ShowsNoPageAsync(page, new(world.Proxy.Console, $"/api/v1/tickets?{Uri.EscapeDataString(payload)}=1"));
            await ShowsNoPageAsync(page, new(world.Proxy.Agents, $"/{Payloads.InPath(payload)}"));
        }

        var api = await browser.NewPageAsync();
        Watch(api, world.Proxy.Console);
        await api.Context.AddInitScriptAsync(SeenPage.Canary);
        await api.SetExtraHTTPHeadersAsync([new("Authorization", $"Bearer {world.Policies.KeyOf("grace").Text}")]);
        foreach (var path in new[] { "/api/v1/tickets?status=denied", "/api/v1/tickets", "/api/v1/ledger", "/api/v1/agents/bot", "/api/v1/policy", "/api/v1/openapi.json" })
            await ShowsNoPageAsync(api, new(world.Proxy.Console, path));
    }

    private static async Task ShowsNoPageAsync(IPage page, Uri address)
    {
        await page.GotoAsync(address.AbsoluteUri);
        Assert.StartsWith("application/", await page.EvaluateAsync<string>("() => document.contentType"), StringComparison.Ordinal);
        Assert.Empty(await page.EvaluateAsync<string[]>("() => window.ran ?? []"));
        Assert.Equal(0, await page.Locator("script, img, iframe, form, a, style:not(head style), svg").CountAsync());
    }

    private static async Task<SeenPage> SeeAsync(IPage page, Uri address)
    {
        await page.GotoAsync(address.AbsoluteUri, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        return JsonSerializer.Deserialize<SeenPage>(await page.EvaluateAsync<string>(SeenPage.Script))!;
    }

    private static void Check(SeenPage seen, string where, IReadOnlySet<string>? elements)
    {
        Assert.True(seen.Ran.Count == 0, $"{where}: ran {string.Join(", ", seen.Ran)}");
        Assert.True(seen.Covered.Count == 0, $"{where}: covered {string.Join(", ", seen.Covered)}");
        Assert.DoesNotContain(seen.Elements, one => one.Contains("[on", StringComparison.Ordinal) || one.Contains("[style]", StringComparison.Ordinal)
            || one is "iframe" or "img" or "svg" or "object" or "embed" or "base" or "style" or "math" or "template" or "video" or "script[type]");
        if (elements is not null) Assert.Equal([], seen.Elements.Where(one => !elements.Contains(one)));
        Assert.All(seen.Leads, lead => Assert.Matches("^(/([^/\\\\]|$)|#)", lead));
        Assert.All(seen.Buttons, button => Assert.DoesNotContain("canary", button, StringComparison.Ordinal));
        Assert.All(seen.Forms, form => Assert.Matches("^[a-z-]* (post|get) /([a-z]| )", form));
        Assert.All(seen.Texts.SelectMany(text => text.EnumerateRunes()), rune => Assert.True(rune.Value is '\n' or '\\' || Visible.Stands(rune), $"{where}: U+{rune.Value:x4} stands as it is"));
    }

    private static string Shown(string text) => ShownText.Escape(Encoding.UTF8.GetBytes(text), multiline: false).Replace(@"\\", @"\", StringComparison.Ordinal);

    /// <summary>A script that ran, or wanted to, may show in many ways.</summary>
    private void Watch(IPage page, Uri console)
    {
        page.Dialog += (_, dialog) => _alarms.Add($"dialog: {dialog.Message}");
        page.PageError += (_, error) => _alarms.Add($"error: {error}");
        page.Console += (_, said) =>
        {
            // An address that is nothing, and advice to those who write forms.
            if (said.Type != "verbose" && !said.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)) _alarms.Add($"{said.Type}: {said.Text}");
        };
        page.Popup += (_, popup) => _alarms.Add($"popup: {popup.Url}");
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: "http" or "https" } url && url.Host != console.Host) _alarms.Add($"asked: {url}");
        };
    }
}
