using AiAccessProxy.EndToEnd.Harness;
using Microsoft.Playwright;

namespace AiAccessProxy.EndToEnd;

/// <summary>The reviewers' console in a real Chromium.</summary>
public class ConsoleTests(Browser browser) : IClassFixture<Browser>
{
    private const string Approve = "form#approve button";
    private const string Deny = "form#deny button";

    [Fact]
    public async Task A_ticket_appears_without_reload_and_Approve_releases_the_waiting_call()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait));
        var inbox = await ConsolePage.SignInAsync(browser, world, "grace");
        await inbox.EvaluateAsync("() => { window.neverReloaded = true; }");
        Assert.Equal(0, await inbox.Locator("[data-ticket]").CountAsync());

        var held = world.Agent().PostAsync("/api/things", """{"name":"x"}""");
        await inbox.Locator("[data-ticket]").WaitForAsync();
        Assert.True(await inbox.EvaluateAsync<bool>("() => window.neverReloaded === true"));
        Assert.False(held.IsCompleted);
        Assert.Empty(upstream.Requests);

        await inbox.ClickAsync("[data-ticket] a");
        await inbox.ClickAsync(Approve);
        Assert.Equal("request 1", (await held).Body);
        await HasNoButtonsAsync(inbox);
    }

    [Fact]
    public async Task A_decided_ticket_loses_its_buttons_in_every_browser_and_a_late_click_changes_nothing()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait));
        var held = world.Agent().DeleteAsync("/api/things/1");
        var hugo = world.Reviewer("hugo");
        var ticket = await hugo.OnlyPendingAsync();
        var (grace, other) = (await OpenAsync(world, "grace", ticket), await OpenAsync(world, "hugo", ticket));
        var late = await grace.EvaluateAsync<string>("() => document.querySelector('form#approve').outerHTML");

        await other.FillAsync("form#deny [name=reason]", "not on a Friday");
        await other.ClickAsync(Deny);
        await HasNoButtonsAsync(other);
        await HasNoButtonsAsync(grace);
        Assert.Contains("not on a Friday", (await held).Body, StringComparison.Ordinal);
        Assert.Equal("403 denied-by-reviewer", (await held).Said);

        // A browser that missed all that still has the form, with the token that was good for it.
        await grace.EvaluateAsync("form => { document.querySelector('main').innerHTML = form; }", late);
        await grace.ClickAsync(Approve);
        await HasNoButtonsAsync(grace);
        await HasNoButtonsAsync(await OpenAsync(world, "grace", ticket));
        Assert.Empty(upstream.Requests);
        Assert.DoesNotContain(await world.Story.OfTicketAsync(ticket), record => record.Kind is "vote.approve" or "ticket.approved");
    }

    [Theory]
    [InlineData("ada", false, "the agent's owner")]
    [InlineData("joan", true, "the person the agent acts for")]
    [InlineData("mallory", false, "somebody who reviews nothing")]
    public async Task Whoever_answers_for_the_agent_or_is_no_reviewer_cannot_approve(string person, bool forJoan, string who)
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait));
        var held = world.Agent(forJoan ? world.Policies.BotForJoan : null).DeleteAsync("/api/things/1");
        var (grace, refused) = (world.Reviewer("grace"), world.Reviewer(person));
        var ticket = await grace.OnlyPendingAsync();

        var page = await OpenAsync(world, person, ticket);
        Assert.True(await page.Locator(Approve).CountAsync() == 0, $"{who} is offered Approve");
        var direct = await refused.ApproveAsync(ticket);
        Assert.Equal(403, direct.Status);
        var forged = await page.EvaluateAsync<int>(
            """
            async ticket => (await fetch(`/tickets/${ticket}/approve`, {
              method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: new FormData(document.querySelector('form') ?? undefined).toString(),
            })).status
            """,
            ticket);
        Assert.InRange(forged, 400, 499);
        var voted = await page.APIRequest.PostAsync(
            new Uri(world.Proxy.Console, $"/api/v1/tickets/{ticket}/votes").AbsoluteUri, new() { DataObject = new { vote = "approve" } });
        Assert.InRange(voted.Status, 400, 499);

        Assert.Equal([ticket], await grace.PendingAsync());
        Assert.Empty(upstream.Requests);
        Assert.Contains(await world.Story.OfTicketAsync(ticket), record => record.Kind == "vote.refused" && record.Reviewer?.Id == person);
        await grace.ApproveAsync(ticket);
        Assert.Equal("request 1", (await held).Body);
    }

    private static async Task HasNoButtonsAsync(IPage page)
    {
        await page.Locator(Approve).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Locator(Deny).WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    private async Task<IPage> OpenAsync(World world, string person, string ticket)
    {
        var page = await ConsolePage.SignInAsync(browser, world, person);
        await page.GotoAsync(new Uri(world.Proxy.Console, $"/tickets/{ticket}").AbsoluteUri);
        return page;
    }
}
