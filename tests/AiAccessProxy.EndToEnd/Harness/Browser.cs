using Microsoft.Playwright;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>Debian's Chromium, one for all stories. Every person gets a context of their own: nobody shares cookies.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Quiet =
    [
        "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-default-apps", "--disable-sync", "--no-proxy-server", "--disable-dev-shm-usage",
        // Names for sites that are not the console's, all of them here.
        "--host-resolver-rules=MAP *.test 127.0.0.1",
    ];

    /// <summary>Playwright takes these from people's browsers, and with them what an attacker may count on.</summary>
    private static readonly string[] AsPeopleHave = ["--disable-back-forward-cache", "--disable-popup-blocking"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("AIACCESS_TESTS_CHROMIUM") ?? Built.Tool("chromium"),
            Args = Quiet,
            IgnoreDefaultArgs = AsPeopleHave,
        });
    }

    /// <summary>A browser in which nobody has signed in.</summary>
    /// <param name="trusting">Takes any certificate.</param>
    public Task<IPage> NewPageAsync(bool trusting = false) =>
        NewPageAsync(new BrowserNewContextOptions { IgnoreHTTPSErrors = trusting });

    /// <summary>A browser in which nobody has signed in, and that shows itself so.</summary>
    public async Task<IPage> NewPageAsync(BrowserNewContextOptions how)
    {
        var context = await _browser!.NewContextAsync(how);
        context.SetDefaultTimeout((float)Eventually.Generous.TotalMilliseconds);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
