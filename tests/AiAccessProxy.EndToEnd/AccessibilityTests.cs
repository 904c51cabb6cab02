using AiAccessProxy.EndToEnd.Harness;
using Microsoft.Playwright;

namespace AiAccessProxy.EndToEnd;

/// <summary>
/// axe-core on every page of the console in Chromium, in every <see cref="Look"/>. With <c>AIACCESS_TESTS_PICTURES=1</c> the pictures in
/// <c>docs/pictures</c> are taken anew on the way.
/// </summary>
public class AccessibilityTests(Browser browser) : IClassFixture<Browser>
{
    private readonly List<string> _found = [];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_page_has_anything_that_keeps_people_out(bool onPhone)
    {
        // Light and dark are the same page in the same browser, looked at twice.
        var looks = Look.Each.Where(look => look.IsPhone == onPhone).ToList();
        await using var upstream = new RawUpstream();
        await using var world = await ConsoleWorld.StartAsync(upstream);
        var stranger = await browser.NewPageAsync(looks[0].Options);
        await SeeAsync(stranger, looks, world, "sign-in", "/sign-in");
        await stranger.FillAsync("#key", "no-such-key");
        await stranger.ClickAsync("#sign-in button");
        await stranger.Locator("[data-problem]").WaitForAsync();
        await LookAsync(stranger, looks, "sign-in-refused");
        await SeeAsync(stranger, looks, world, "link-void", "/sign-in/local?code=none");

        var grace = await ConsolePage.SignInAsync(browser, world, "grace", looks[0].Options);
        await EmptyAsync(grace, looks, world);
        var tickets = await ConsoleWorld.FillAsync(world);
        await FullAsync(grace, looks, world, tickets);
        await OperatorAsync(await ConsolePage.SignInAsync(browser, world, "mallory", looks[0].Options), looks, world);
        await AlarmAsync(grace, looks, world);

        Assert.True(_found.Count == 0, string.Join('\n', _found));
    }

    [Fact]
    public async Task What_keeps_people_out_would_be_found()
    {
        await using var upstream = new RawUpstream();
        await using var world = await ConsoleWorld.StartAsync(upstream);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(new Uri(world.Proxy.Console, "/sign-in").AbsoluteUri);
        await page.EvaluateAsync("""
            () => {
              document.querySelector('label[for=key]').remove();
              document.querySelector('h1').style.color = '#ddd';
              document.querySelector('.hint').style.width = '3000px';
            }
            """);

        await LookAsync(page, [Look.Each[0]], "spoilt");

        Assert.Contains(_found, found => found.Contains("critical label", StringComparison.Ordinal));
        Assert.Contains(_found, found => found.Contains("serious color-contrast", StringComparison.Ordinal));
        Assert.Contains(_found, found => found.Contains("wider than the screen", StringComparison.Ordinal));
    }

    private async Task EmptyAsync(IPage page, IReadOnlyList<Look> looks, World world)
    {
        await SeeAsync(page, looks, world, "inbox-empty", "/");
        await SeeAsync(page, looks, world, "history-empty", "/history");
        await SeeAsync(page, looks, world, "ledger-empty", "/ledger?text=nothing-like-this");
        await SeeAsync(page, looks, world, "not-found", "/nothing");
        await SeeAsync(page, looks, world, "no-agent", "/agents/nobody");
        await SeeAsync(page, looks, world, "no-ticket", $"/tickets/t_{new string('0', 32)}");
    }

    private async Task FullAsync(IPage page, IReadOnlyList<Look> looks, World world, (string Pending, string Critical, string Sent) tickets)
    {
        await SeeAsync(page, looks, world, "inbox", "/");
        await page.Keyboard.PressAsync("?");
        await page.Locator("dialog[open]").WaitForAsync();
        await LookAsync(page, looks, "keys");
        await SeeAsync(page, looks, world, "inbox-none-fits", "/?risk=low");
        await SeeAsync(page, looks, world, "ticket", $"/tickets/{tickets.Pending}");
        await SeeAsync(page, looks, world, "ticket-critical", $"/tickets/{tickets.Critical}");
        await SeeAsync(page, looks, world, "ticket-sent", $"/tickets/{tickets.Sent}");
        await SeeAsync(page, looks, world, "history", "/history");
        await SeeAsync(page, looks, world, "agents", "/agents");
        await SeeAsync(page, looks, world, "agent", "/agents/bot");
        await SeeAsync(page, looks, world, "people", "/people");
        await SeeAsync(page, looks, world, "policy", "/policy");
        await SeeAsync(page, looks, world, "ledger", "/ledger");
        await SeeAsync(page, looks, world, "ledger-search", "/ledger?since=2000-01-01T00:00&until=nonsense&kind=ticket.*");
        await page.EvaluateAsync("() => { for (const one of document.querySelectorAll('details')) one.open = true; }");
        await LookAsync(page, looks, "ledger-open");
        await SeeAsync(page, looks, world, "settings", "/settings");
        await SeeAsync(page, looks, world, "health", "/health");
    }

    private async Task OperatorAsync(IPage page, IReadOnlyList<Look> looks, World world)
    {
        await SeeAsync(page, looks, world, "agent-to-suspend", "/agents/other");
        await page.FillAsync("#suspend-reason", "It edits pages that nobody asked for.");
        await page.ClickAsync("#suspend button");
        await page.Locator("#resume").WaitForAsync();
        await LookAsync(page, looks, "agent-suspended");
        await SeeAsync(page, looks, world, "agents-suspended", "/agents");
    }

    private async Task AlarmAsync(IPage page, IReadOnlyList<Look> looks, World world)
    {
        world.Policies.Write("wiki.yaml", "version: 1\nroute: wiki\nprefix: wiki\nrules: [{ id: write, effect: maybe }]\n");
        using var machine = world.Reviewer("grace");
        await Eventually.HoldsAsync(
            async () => (await machine.GetAsync("/readyz")).Json.GetProperty("status").GetString() == "alarm", "the refusal of a broken policy");
        await SeeAsync(page, looks, world, "policy-refused", "/policy");
        await SeeAsync(page, looks, world, "health-alarm", "/health");
    }

    private async Task SeeAsync(IPage page, IReadOnlyList<Look> looks, World world, string name, string path)
    {
        await page.GotoAsync(new Uri(world.Proxy.Console, path).AbsoluteUri);
        await LookAsync(page, looks, name);
    }

    private async Task LookAsync(IPage page, IReadOnlyList<Look> looks, string name)
    {
        foreach (var look in looks)
        {
            await page.EmulateMediaAsync(new() { ColorScheme = look.Scheme });
            await Pictures.TakeAsync(page, name, look);
            _found.AddRange((await Axe.FindAsync(page)).Select(found => $"{name} ({look.Name}): {found}"));
            if (await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth")) _found.Add($"{name} ({look.Name}): is wider than the screen");
        }
    }
}
