using AiAccessProxy.EndToEnd.Harness;
using Microsoft.Playwright;

namespace AiAccessProxy.EndToEnd;

/// <summary>The console by keys alone, in a real Chromium.</summary>
public class ConsoleKeysTests(Browser browser) : IClassFixture<Browser>
{
    private const string Focused = "() => document.activeElement.closest('[data-ticket], form, dialog')?.dataset.ticket ?? document.activeElement.id";

    [Fact]
    public async Task Keys_move_through_the_list_open_a_ticket_and_lead_to_its_decision_but_decide_nothing()
    {
        await using var upstream = new RawUpstream();
        await using var world = await ConsoleWorld.StartAsync(upstream);
        var tickets = await ConsoleWorld.FillAsync(world);
        var page = await ConsolePage.SignInAsync(browser, world, "grace");
        var listed = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('li[data-ticket]')].map(row => row.dataset.ticket)");
        Assert.Equal(3, listed.Length);

        foreach (var (key, at) in new[] { ("j", 0), ("j", 1), ("j", 2), ("j", 2), ("k", 1), ("k", 0), ("k", 0) })
        {
            await page.Keyboard.PressAsync(key);
            Assert.Equal(listed[at], await page.EvaluateAsync<string>(Focused));
        }

        await page.Keyboard.PressAsync("d");
        await page.Locator("#deny-reason:focus").WaitForAsync();
        Assert.EndsWith($"/tickets/{listed[0]}?go=deny", page.Url, StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("a");
        await page.Locator("#approve [name=confirm]:focus").WaitForAsync();
        await page.Keyboard.PressAsync("u");
        await ConsolePage.ArriveAsync(page);

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator($"article[data-ticket='{listed[1]}']").WaitForAsync();
        Assert.Contains(tickets.Pending, await world.Reviewer("grace").PendingAsync());
        Assert.Equal(3, (await world.Reviewer("grace").PendingAsync()).Count);
    }

    [Fact]
    public async Task Slash_searches_and_a_question_mark_helps_and_neither_takes_keys_from_a_field()
    {
        await using var upstream = new RawUpstream();
        await using var world = await ConsoleWorld.StartAsync(upstream);
        await ConsoleWorld.FillAsync(world);
        var page = await ConsolePage.SignInAsync(browser, world, "grace");

        await page.Keyboard.PressAsync("?");
        await page.Locator("dialog[open]").WaitForAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("dialog[open]").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await page.Keyboard.PressAsync("/");
        await page.Locator("#by-text:focus").WaitForAsync();
        await page.Keyboard.TypeAsync("holi/?jkd");
        Assert.Equal("holi/?jkd", await page.InputValueAsync("#by-text"));
        await page.FillAsync("#by-text", "PAGES/3");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#filter a[href='/']").WaitForAsync();

        Assert.Equal(1, await page.Locator("li[data-ticket]").CountAsync());
    }
}
