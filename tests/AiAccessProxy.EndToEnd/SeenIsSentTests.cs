using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using AiAccessProxy.EndToEnd.Harness;
using Microsoft.Playwright;

namespace AiAccessProxy.EndToEnd;

/// <summary>
/// What is seen is what is sent: of every byte that a raw-socket upstream receives, a reviewer's browser showed where it comes from, or
/// the page said that bytes are hidden and nobody could approve.
/// </summary>
public class SeenIsSentTests(Browser browser) : IClassFixture<Browser>
{
    private const int Pages = 3;
    private const string UpstreamKey = "upstream-key-that-nobody-sees";

    private static readonly string Policy = Rule("json", """redact: [body.card, body.pins.*, query.token, header.x-secret]""") + Rule("raw", "") + Rule("none", "");

    private static int Calls => LongRun.IsAskedFor ? 320 : 160;

    [Fact]
    public async Task Every_byte_from_the_agent_that_the_upstream_receives_stood_in_the_page_or_nobody_could_approve()
    {
        var seed = LongRun.IsAskedFor ? Environment.TickCount : 20261121;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(
            policies => policies.Route("api", upstream.Address, Policy, $$"""
                credentials:
                  live: { type: header, name: X-Upstream-Key, value: "{{UpstreamKey}}" }
                credential: live
                accept: [unexpected-body, underscore-header]
                """),
            "--approvals:maxTicketsPerAgent", "1000", "--approvals:maxHeldPerAgent", "1000", "--gate:hold", "00:10:00");
        var grace = world.Reviewer("grace");

        var odd = new OddCalls(seed);
        var calls = Enumerable.Range(0, Calls)
            .Select(i => RawAgent.SendAsync(world.Proxy.Agents, odd.Next(i, "/api", world.Policies.Bot, isLarge: i % 40 == 7))).ToList();
        IReadOnlyList<string> tickets = [];
        await Eventually.HoldsAsync(
            async () => (tickets = await grace.PendingAsync()).Count + calls.Count(call => call.IsCompleted) >= Calls, "all calls wait");
        Assert.All(calls, call => Assert.False(call.IsCompleted, call.IsCompleted ? $"refused: {call.Result}" : ""));
        var seen = await SeeAllAsync(world, tickets);
        var decided = await Task.WhenAll(tickets.Select(async ticket => (Ticket: ticket, Vote: await grace.ApproveAsync(ticket))));
        foreach (var (ticket, _) in decided.Where(pair => pair.Vote.Status != 200)) await grace.DenyAsync(ticket, "cannot be seen");
        await Task.WhenAll(calls);

        var hidden = tickets.Where(ticket => seen[ticket].Hidden != 0).ToList();
        Assert.Equal(Calls / 40, hidden.Count);
        Assert.All(hidden, ticket => Assert.False(seen[ticket].CanApprove));
        Assert.Equal(hidden.Order(), decided.Where(pair => pair.Vote.Status == 409).Select(pair => pair.Ticket).Order());
        Assert.Equal(Calls - hidden.Count, upstream.Requests.Count);

        var wrong = tickets.Except(hidden).SelectMany(ticket => WhyNot(seen[ticket], upstream.Requests)).ToList();
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public async Task What_may_differ_in_the_identical_call_that_is_sent_is_named_in_the_page()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route(
            "api", upstream.Address, Rules.WritesWait, more: "hold: 0s\nvolatile_headers: [x-try]"));
        var (bot, grace) = (world.Agent(), world.Reviewer("grace"));
        var first = await bot.SendAsync("DELETE", "/api/things/1", null, default, ("User-Agent", "shown"), ("X-Try", "1"));
        var page = await ConsolePage.SignInAsync(browser, world, "grace");
        await page.GotoAsync(new Uri(world.Proxy.Console, $"/tickets/{first.Ticket}").AbsoluteUri);
        var named = (await page.Locator("[data-may-differ]").TextContentAsync())!.Split(", ");

        var told = (await grace.GetAsync($"/api/v1/tickets/{first.Ticket}")).Json.GetProperty("may_differ").EnumerateArray().Select(name => name.GetString()!);
        Assert.Equal(named, told);

        await grace.ApproveAsync(first.Ticket);
        Assert.Equal(200, (await bot.SendAsync("DELETE", "/api/things/1", null, default, ("User-Agent", "sent"), ("X-Try", "2"), ("X-B3-Flags", "1"))).Status);
        var sent = Assert.Single(upstream.Requests);
        Assert.Equal(("sent", "2", "1"), (sent.Header("User-Agent"), sent.Header("X-Try"), sent.Header("X-B3-Flags")));
        foreach (var name in new[] { "user-agent", "x-try", "x-b3-*" }) Assert.Contains(name, named);
        Assert.DoesNotContain("accept", named);
    }

    [Fact]
    public async Task Nothing_on_a_page_that_tells_of_the_call_is_drawn_in_another_order_than_it_was_sent_in()
    {
        // By each letter: how far right it is drawn, line by line. None may stand left of one that comes before it.
        const string Misplaced = """
            selector => [...document.querySelectorAll(selector)].flatMap(element => {
                const wrong = [], range = document.createRange(), texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
                for (let text; (text = texts.nextNode());) {
                    let before = null;
                    for (let at = 0; at < text.length; at++) {
                        range.setStart(text, at); range.setEnd(text, at + 1);
                        const box = range.getBoundingClientRect();
                        if (!box.width) continue;
                        if (before && Math.abs(before.top - box.top) < 4 && box.left < before.left - 1) wrong.push(text.data);
                        before = box;
                    }
                }
                return wrong;
            })
            """;
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, """
            - id: pay
              match: { methods: [POST], paths: ["/**"], where: [{ field: body.to, in: ["אבג", "ابج"] }] }
              effect: require_approval
              summary: "{body.to} {body.amount} {body.note}"
              approval: { need: [{ approvals: 1, from: [group:reviewers] }], decide_within: 10m, use_within: 10m }

            """, "hold: 0s"));
        var page = await ConsolePage.SignInAsync(browser, world, "grace");
        foreach (var (to, number) in new[] { ("אבג", 1), ("ابج", 2) })
        {
            var asked = await world.Agent().PostAsync($"/api/things/{number}", $$"""{"{{to}}":1000,"to":"{{to}}","amount":12,"note":"345 {{to}} 67"}""");
            await page.GotoAsync(world.Proxy.Console.AbsoluteUri);
            Assert.True(await page.Locator(".tickets strong").CountAsync() >= number);
            Assert.Empty(await page.EvaluateAsync<string[]>(Misplaced, ".tickets strong"));
            await page.GotoAsync(new Uri(world.Proxy.Console, $"/tickets/{asked.Ticket}").AbsoluteUri);
            foreach (var told in new[] { "h1", ".wire", ".rules li li" })
            {
                Assert.Contains(to, string.Concat(await page.Locator(told).AllTextContentsAsync()), StringComparison.Ordinal);
                Assert.Empty(await page.EvaluateAsync<string[]>(Misplaced, told));
            }
        }
    }

    private static string Rule(string kind, string redact) => $$"""
        - id: {{kind}}
          match: { paths: ["/{{kind}}/**"] }
          effect: require_approval
          summary: "A call of the kind {{kind}}"
          {{redact}}
          approval: { need: [{ approvals: 1, from: [group:reviewers] }], decide_within: 10m, use_within: 10m }

        """;

    private static IEnumerable<string> WhyNot(SeenCall seen, IReadOnlyList<RawRequest> requests)
    {
        var path = string.Concat(seen.Part("target")!.Spans.Select(span => span.Text)).Split('/', '?');
        var sent = requests.Single(request => request.Target.Split('/', '?') is var its && its[1] == path[1] && its[2] == path[2]);
        var name = $"call {path[2]}";
        if (!seen.CanApprove) yield return $"{name}: no Approve on a call that is shown whole";
        if (seen.Text.Contains(OddCalls.Secret, StringComparison.Ordinal)) yield return $"{name}: a redacted secret stands in the page";
        if (seen.Text.Contains(UpstreamKey, StringComparison.Ordinal)) yield return $"{name}: the upstream's key stands in the page";
        if ((seen.Credential, sent.Header("X-Upstream-Key")) != ("live", UpstreamKey)) yield return $"{name}: the credential is not what it is said to be";
        if (seen.Part("method")!.WhyNot(Encoding.Latin1.GetBytes(sent.Method)) is { } method) yield return $"{name}: {method}";
        if (seen.Part("target")!.WhyNot(Encoding.Latin1.GetBytes(sent.Target)) is { } target) yield return $"{name}: {target}";
        if ((seen.Part("body") ?? new("body", null, null, [])).WhyNot(sent.Body) is { } body) yield return $"{name}: {body}";

        var made = seen.ProxyHeaders.Split(", ");
        var shown = seen.Parts.Where(part => part.Kind == "header").ToList();
        foreach (var (field, value) in sent.Headers.Where(field => !made.Contains(field.Name, StringComparer.OrdinalIgnoreCase)))
        {
            var match = shown.FirstOrDefault(part => part.Name == field && part.Label == field && part.WhyNot(Encoding.Latin1.GetBytes(value)) is null);
            if (match is null) yield return $"{name}: sent and not seen: {field}: {value}";
            else shown.Remove(match);
        }

        foreach (var part in shown) yield return $"{name}: seen and not sent: {part.Name}: {string.Concat(part.Spans)}";
    }

    private async Task<IReadOnlyDictionary<string, SeenCall>> SeeAllAsync(World world, IReadOnlyList<string> tickets)
    {
        var open = new ConcurrentQueue<string>(tickets);
        var seen = new ConcurrentDictionary<string, SeenCall>();
        var alarms = new ConcurrentBag<string>();
        await Task.WhenAll(Enumerable.Range(0, Pages).Select(async _ =>
        {
            var page = await ConsolePage.SignInAsync(browser, world, "grace");
            page.Dialog += (_, dialog) => alarms.Add($"dialog: {dialog.Message}");
            page.PageError += (_, error) => alarms.Add($"error: {error}");
            page.Console += (_, said) => alarms.Add($"{said.Type}: {said.Text}");
            await page.ReloadAsync();
            while (open.TryDequeue(out var ticket))
            {
                await page.GotoAsync(new Uri(world.Proxy.Console, $"/tickets/{ticket}").AbsoluteUri, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
                seen[ticket] = JsonSerializer.Deserialize<SeenCall>(await page.EvaluateAsync<string>(SeenCall.Script))!;
            }
        }));
        // What came from agents ran no script, and wanted none that the content security policy had to stop.
        Assert.Empty(alarms);
        return seen;
    }
}
