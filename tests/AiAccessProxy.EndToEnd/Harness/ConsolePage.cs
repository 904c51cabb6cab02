using Microsoft.Playwright;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>The reviewers' console in a browser.</summary>
internal static class ConsolePage
{
    /// <summary>What only the inbox has. It is waited for, and not its address: a page may have it before it has loaded.</summary>
    public const string Inbox = "#inbox";

    /// <summary>A browser of its own in which <paramref name="person"/> has signed in with the personal key; it stands on the inbox.</summary>
    public static async Task<IPage> SignInAsync(Browser browser, World world, string person, BrowserNewContextOptions? how = null)
    {
        var page = how is null ? await browser.NewPageAsync() : await browser.NewPageAsync(how);
        await page.GotoAsync(new Uri(world.Proxy.Console, "/sign-in").AbsoluteUri);
        await page.FillAsync("#key", world.Policies.KeyOf(person).Text);
        await page.ClickAsync("#sign-in button");
        await ArriveAsync(page);
        return page;
    }

    /// <summary>The inbox is there and so is its script: a key that is pressed before would reach nobody.</summary>
    public static async Task ArriveAsync(IPage page)
    {
        await page.Locator(Inbox).WaitForAsync();
        await page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
    }
}
