using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Ledger;
using Microsoft.Playwright;

namespace AiAccessProxy.EndToEnd.Attacks;

/// <summary>A console in which Grace has signed in and a ticket waits, and beside it a site that wants it decided.</summary>
public sealed class HostileGround : IAsyncLifetime
{
    internal RawUpstream Upstream { get; } = new();

    internal World World { get; private set; } = null!;

    internal EvilSite Evil { get; private set; } = null!;

    internal string Ticket { get; private set; } = "";

    /// <summary>The console as an origin, without a slash at the end.</summary>
    internal string Console => World.Proxy.Console.GetLeftPart(UriPartial.Authority);

    public async ValueTask InitializeAsync()
    {
        Evil = await EvilSite.StartAsync();
        World = await World.StartAsync(policies => policies.Route("things", Upstream.Address, Rules.WritesWait, "hold: 0s"), "--local", "hugo");
        Ticket = (await World.Agent().DeleteAsync("/things/1")).Ticket;
    }

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        await Evil.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    /// <summary>A page of the hostile site in the browser of somebody who has signed in.</summary>
    internal static async Task<IPage> LureAsync(IPage victim, Uri origin)
    {
        var page = await victim.Context.NewPageAsync();
        await page.GotoAsync(origin.AbsoluteUri);
        return page;
    }

    /// <summary>Nobody voted, nothing went upstream, and nobody else is signed in where Grace was.</summary>
    internal async Task NothingHappenedAsync(IPage victim)
    {
        Assert.DoesNotContain(
            await World.Story.AllAsync(), record => record.Kind is RecordKind.VoteApprove or RecordKind.VoteDeny or RecordKind.VoteRefused or RecordKind.AgentSuspended);
        Assert.Contains(Ticket, await World.Reviewer("hugo").PendingAsync());
        Assert.Empty(Upstream.Requests);
        await victim.GotoAsync($"{Console}/");
        Assert.Equal("Grace", await victim.Locator(".who .name").TextContentAsync());
    }
}
