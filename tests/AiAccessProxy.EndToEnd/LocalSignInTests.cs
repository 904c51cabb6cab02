using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.EndToEnd;

/// <summary>The one-time link of <c>--local</c>, in a real Chromium.</summary>
public class LocalSignInTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task The_link_signs_one_person_in_once_and_the_vote_is_marked_unverified()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait), "--local", "hugo");
        var link = (await world.Proxy.SignInAsync()).AbsoluteUri;
        var page = await browser.NewPageAsync();
        await page.GotoAsync(link);
        await ConsolePage.ArriveAsync(page);

        var stranger = await browser.NewPageAsync();
        Assert.Equal(403, (await stranger.GotoAsync(link))!.Status);
        await stranger.GotoAsync(world.Proxy.Console.AbsoluteUri);
        Assert.Equal(0, await stranger.Locator(ConsolePage.Inbox).CountAsync());

        var held = world.Agent().DeleteAsync("/api/things/1");
        await page.ClickAsync("[data-ticket] a");
        var ticket = page.Url[(page.Url.LastIndexOf('/') + 1)..];
        await page.ClickAsync("form#approve button");
        Assert.Equal("request 1", (await held).Body);
        var vote = Assert.Single(await world.Story.OfSentAsync(ticket), record => record.Kind == RecordKind.VoteApprove);
        Assert.Equal(("hugo", "console", "local"), (vote.Reviewer!.Id, vote.Reviewer.Channel, vote.Reviewer.Authenticated));
    }
}
