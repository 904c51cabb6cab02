using AiAccessProxy.Approvals;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Approvals;

/// <summary>An agent that asks for more than people could ever answer.</summary>
public class TicketFloodTests
{
    private const int Limit = 3;
    private const int Flood = 200;

    [Fact]
    public async Task A_flood_costs_no_more_than_its_records_once_the_limit_is_met()
    {
        using var store = await Some.OpenLedgerAsync(new ManualTime(), Some.LedgerFolder());
        var ledger = new FragileLedger(store);
        await using var desk = await DeskAsync(ledger);
        for (var at = 0; at < Limit; at++) Assert.IsType<Refused.StillPending>(await RefusedAsync(desk, at));
        var (changes, records) = (ledger.Changes, (await desk.RecordsAsync()).Count);

        for (var at = 0; at < Flood; at++) Assert.Equal(Limit, Assert.IsType<Refused.TooMany>(await RefusedAsync(desk, Limit + at)).Limit);

        Assert.Equal(changes, ledger.Changes);
        var told = (await desk.RecordsAsync()).Skip(records).ToList();
        Assert.Equal(Flood, told.Count);
        Assert.All(told, record => Assert.Equal(RecordKind.Refused, record.Kind));
        // Its own tickets can still be joined, and a place that is given up is free again.
        Assert.IsType<Refused.StillPending>(await RefusedAsync(desk, 0));
        var ticket = (await desk.LiveAsync())[0];
        await desk.Desk.CancelAsync(ticket.Id, ticket.Agent.Id, TestContext.Current.CancellationToken);
        Assert.IsType<Refused.StillPending>(await RefusedAsync(desk, Limit));
    }

    [Fact]
    public async Task What_is_counted_late_is_still_refused_by_the_ledger()
    {
        using var store = await Some.OpenLedgerAsync(new ManualTime(), Some.LedgerFolder());
        await using var desk = await DeskAsync(new FragileLedger(store) { CountsLate = true });

        var refused = new List<Refused>();
        for (var at = 0; at < Limit + 5; at++) refused.Add(await RefusedAsync(desk, at));

        Assert.Equal(5, refused.OfType<Refused.TooMany>().Count());
        Assert.Equal(Limit, (await desk.LiveAsync()).Count);
    }

    private static Task<OpenDesk> DeskAsync(ILedger ledger) =>
        OpenDesk.OpenAsync(ledger: ledger, start: false, settings: ("maxTicketsPerAgent", $"{Limit}"));

    private static async Task<Refused> RefusedAsync(OpenDesk desk, int which) =>
        Assert.IsType<Clearance.No>(await desk.CallAsync(Some.Waitable($"/v1/{which}"), TimeSpan.Zero)).Refused;
}
