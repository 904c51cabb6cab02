using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd;

/// <summary>The demo as a newcomer runs it, with a click; and with its voting broken, when it has to fail.</summary>
public class DemoByHandTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task A_click_behind_the_printed_link_lets_the_demo_end_well()
    {
        await using var demo = ProxyProcess.Command(["demo"]);
        var page = await browser.NewPageAsync();
        await page.GotoAsync((await demo.LineAsync("    http")).Trim());
        await page.ClickAsync("[data-ticket] a");
        await page.ClickAsync("form#approve button");

        Assert.Equal(0, await demo.ExitAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains("grace by console, local", demo.Output, StringComparison.Ordinal);
        Assert.Contains("    1  POST /v1/exports", demo.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cloud.yaml", "approvals: 1, from: [group:security]", "approvals: 1, from: [person:grace]", 60, "lin could not vote")]
    [InlineData("cloud.yaml", "approvals: 1, from: [group:security]", "approvals: 2, from: [group:security]", 10, "neither released nor refused")]
    [InlineData("agents.yaml", "owner: person:ada", "owner: person:lin", 60, "lin could not vote")]
    [InlineData("cloud.yaml", "paths: [\"/v1/exports\"]", "paths: [\"/v1/imports\"]", 60, "did not get through")]
    public async Task With_voting_broken_the_demo_fails_and_says_why(string file, string right, string broken, int patience, string why)
    {
        using var scratch = new Scratch();
        foreach (var path in Directory.EnumerateFiles(Path.Combine(Built.Root, "policies", "demo")))
        {
            var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
            if (Path.GetFileName(path) == file)
            {
                Assert.Contains(right, text, StringComparison.Ordinal);
                text = text.Replace(right, broken, StringComparison.Ordinal);
            }

            scratch.File(Path.GetFileName(path), text);
        }

        await using var demo = ProxyProcess.Command(["demo", "--auto", "approve", "--policies", scratch.Root, "--patience", $"{patience}"]);
        Assert.Equal(1, await demo.ExitAsync(TimeSpan.FromMinutes(2)));
        Assert.Contains(why, demo.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("everything is on record", demo.Output, StringComparison.Ordinal);
    }
}
