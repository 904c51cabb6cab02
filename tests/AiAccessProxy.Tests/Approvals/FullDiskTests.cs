using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Roster;
using AiAccessProxy.Approvals.Teams;
using AiAccessProxy.Approvals.Teams.Inbound;
using AiAccessProxy.Control;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Ledger;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Approvals;

/// <summary>What people need beside their votes, so that a full disk does not keep them from deciding: it says that it is theirs.</summary>
public class FullDiskTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_click_a_sign_in_and_a_first_suspension_may_use_what_is_reserved_for_decisions_and_a_call_may_not()
    {
        var time = new ManualTime();
        using var store = await Some.OpenLedgerAsync(time);
        var given = new List<Change>();
        var ledger = new FragileLedger(store);
        ledger.Making = async change =>
        {
            given.Add(change);
            return await store.CommitAsync(change, Token);
        };
        await using var desk = await OpenDesk.OpenAsync(time, ledger: ledger, start: false);
        var (records, grace) = (desk.Get<Records>(), new Sender.Known(Some.Person("grace"), "teams"));

        await desk.CallAsync(Some.Waitable(), TimeSpan.Zero);
        Assert.False(Assert.Single(given).IsPersons);
        given.Clear();

        Assert.True(await new HeardTurns(ledger, records).IsFirstAsync(SomeClick(grace), "a-1", grace, time.GetUtcNow() + TimeSpan.FromMinutes(10)));
        await new SessionRoll(ledger, new LedgerHealth(), records, Options.Create(new ControlOptions()))
            .BeginAsync("hash", null!, records.New(RecordKind.PersonSignedIn), Token);
        Assert.IsType<RosterOutcome.Done>(await desk.Get<RosterDesk>().SuspendAsync(Some.Agent().Id, Some.Deciding("ada"), "it runs wild"));

        Assert.Equal(3, given.Count);
        Assert.All(given, change => Assert.True(change.IsPersons));
    }

    private static Turn.Click SomeClick(Sender by) => new(new(new Uri("https://teams.test"), "19:some", ConversationScope.Channel, "tenant"), "card", by, "approve", default);
}
