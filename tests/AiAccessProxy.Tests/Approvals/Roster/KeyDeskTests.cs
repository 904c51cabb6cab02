using System.Text;
using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Roster;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Approvals.Roster;

public class KeyDeskTests
{
    private const string Bot = "billing-bot";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_made_by_an_operator_works_at_once_and_its_text_is_kept_nowhere()
    {
        var (time, folder) = (new ManualTime(), Some.LedgerFolder());
        string text;
        await using (var desk = await OpenDesk.OpenAsync(time, folder, rules: Some.OperatedRules()))
        {
            foreach (var person in new[] { "ada", "grace", "joan", "nobody" })
                Assert.IsType<RosterOutcome.NotEntitled>((await desk.Get<KeyDesk>().CreateAsync(Bot, Some.Deciding(person), ("joan", null), null)).Outcome);
            Assert.IsType<RosterOutcome.NotGranted>((await desk.Get<KeyDesk>().CreateAsync(Bot, Some.Deciding(), ("grace", null), null)).Outcome);
            Assert.IsType<RosterOutcome.NotGranted>((await desk.Get<KeyDesk>().CreateAsync(Bot, Some.Deciding(), (null, null), null)).Outcome);

            var (outcome, made) = await desk.Get<KeyDesk>().CreateAsync(Bot, Some.Deciding(), ("joan", null), null);
            text = made.Text;
            var key = Assert.IsType<RosterOutcome.KeyMade>(outcome).Key;
            var caller = desk.Policies.Current.Agents.Identify(text, time.GetUtcNow())!;
            Assert.Equal((Bot, "joan", $"key:{key.Key.Id}"), (caller.Agent.Id, caller.OnBehalfOf, caller.AuthenticatedBy));
            var record = Assert.Single(await desk.RecordsAsync(), record => record.Kind == RecordKind.KeyCreated);
            Assert.Equal((key.Key.Id, "joan", "mallory", Bot), (record.Key!.Id, record.Key.OnBehalfOf, record.Reviewer!.Id, record.Agent!.Id));
        }

        await using var again = await OpenDesk.OpenAsync(time, folder, rules: Some.OperatedRules());
        Assert.NotNull(again.Policies.Current.Agents.Identify(text, time.GetUtcNow()));
        Assert.DoesNotContain(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories), file => Encoding.UTF8.GetString(Bytes(file)).Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_of_the_files_is_revoked_at_run_time_for_good_and_an_approval_is_not_used_with_it()
    {
        var (time, folder) = (new ManualTime(), Some.LedgerFolder());
        await using (var desk = await OpenDesk.OpenAsync(time, folder, rules: Some.OperatedRules()))
        {
            await desk.CallAsync(Call(desk), TimeSpan.Zero);
            var id = (await desk.TicketAsync()).Id;
            await desk.ApproveAsync(id);
            Assert.IsType<RosterOutcome.NotEntitled>(await desk.Get<KeyDesk>().RevokeAsync(Bot, Some.Deciding("grace"), "k1", null));
            Assert.True(Assert.IsType<RosterOutcome.Done>(await desk.Get<KeyDesk>().RevokeAsync(Bot, Some.Deciding("ada"), "k1", "stolen")).Changed);
            Assert.False(Assert.IsType<RosterOutcome.Done>(await desk.Get<KeyDesk>().RevokeAsync(Bot, Some.Deciding(), "k1", null)).Changed);

            Assert.Null(desk.Policies.Current.Agents.Identify("secret-0", time.GetUtcNow()));
            Assert.IsType<Clearance.No>(await desk.CallAsync(Call(desk), TimeSpan.Zero));
            Assert.Equal((0, TicketStatus.Cancelled), (desk.Sent, (await desk.TicketAsync(id)).Status));
            var record = Assert.Single(await desk.RecordsAsync(), record => record.Kind == RecordKind.KeyRevoked);
            Assert.Equal(("k1", "ada", "stolen"), (record.Key!.Id, record.Reviewer!.Id, record.Detail));
        }

        await using var again = await OpenDesk.OpenAsync(time, folder, rules: Some.OperatedRules());
        Assert.Null(again.Policies.Current.Agents.Identify("secret-0", time.GetUtcNow()));
    }

    [Fact]
    public async Task Both_keys_are_good_during_a_rotation_which_is_not_begun_twice_and_then_the_new_one_is()
    {
        var time = new ManualTime();
        await using var desk = await OpenDesk.OpenAsync(time, rules: Some.OperatedRules());
        var keys = desk.Get<KeyDesk>();
        var (outcome, text) = await keys.RotateAsync(Bot, Some.Deciding(), "k1", (null, TimeSpan.FromHours(1)), null);
        var second = Assert.IsType<RosterOutcome.KeyMade>(outcome).Key.Key;
        Assert.Equal("joan", second.OnBehalfOf);
        Assert.Equal((true, true), (Knows("secret-0"), Knows(text.Text)));

        foreach (var key in new[] { "k1", second.Id })
            Assert.IsType<RosterOutcome.Rotating>((await keys.RotateAsync(Bot, Some.Deciding(), key, (null, TimeSpan.FromHours(1)), null)).Outcome);
        time.Advance(TimeSpan.FromHours(1));

        Assert.Equal((false, true), (Knows("secret-0"), Knows(text.Text)));
        Assert.IsType<RosterOutcome.KeyEnded>((await keys.RotateAsync(Bot, Some.Deciding(), "k1", (null, TimeSpan.Zero), null)).Outcome);
        var (third, last) = await keys.RotateAsync(Bot, Some.Deciding(), second.Id, (null, TimeSpan.Zero), null);
        Assert.IsType<RosterOutcome.KeyMade>(third);
        Assert.Equal((false, true), (Knows(text.Text), Knows(last.Text)));

        bool Knows(string key) => desk.Policies.Current.Agents.Identify(key, time.GetUtcNow()) is not null;
    }

    [Fact]
    public async Task Whoever_made_a_key_that_was_good_since_a_ticket_was_opened_does_not_decide_it()
    {
        var time = new ManualTime();
        var rules = Some.Rules(groups: new Dictionary<string, IReadOnlyList<string>> { ["finance"] = ["grace", "heidi"], ["operators"] = ["heidi"] });
        await using var desk = await OpenDesk.OpenAsync(time, rules: rules);
        var (made, _) = await desk.Get<KeyDesk>().CreateAsync(Bot, Some.Deciding("heidi"), ("joan", null), null);
        await desk.CallAsync(Call(desk), TimeSpan.Zero);
        var id = (await desk.TicketAsync()).Id;

        Assert.IsType<VoteOutcome.SelfApproval>(await desk.Desk.VoteAsync(id, Some.Ballot("heidi"), Token));
        await desk.Get<KeyDesk>().RevokeAsync(Bot, Some.Deciding("heidi"), ((RosterOutcome.KeyMade)made).Key.Key.Id, null);
        Assert.IsType<VoteOutcome.SelfApproval>(await desk.Desk.VoteAsync(id, Some.Ballot("heidi"), Token));

        time.Advance(TimeSpan.FromMinutes(1));
        await desk.Desk.CancelAsync(id, Bot, Token);
        await desk.CallAsync(Call(desk), TimeSpan.Zero);
        Assert.IsType<VoteOutcome.Counted>(await desk.Desk.VoteAsync((await desk.TicketAsync()).Id, Some.Ballot("heidi"), Token));
    }

    [Fact]
    public async Task An_approval_by_whoever_made_a_key_since_does_not_count_at_its_use()
    {
        var rules = Some.Rules(groups: new Dictionary<string, IReadOnlyList<string>> { ["finance"] = ["grace", "heidi"], ["operators"] = ["heidi"] });
        await using var desk = await OpenDesk.OpenAsync(rules: rules);
        await desk.CallAsync(Call(desk), TimeSpan.Zero);
        await desk.ApproveAsync((await desk.TicketAsync()).Id, "heidi");
        await desk.Get<KeyDesk>().CreateAsync(Bot, Some.Deciding("heidi"), ("joan", null), null);

        Assert.IsType<Clearance.No>(await desk.CallAsync(Call(desk), TimeSpan.Zero));
        Assert.Equal(0, desk.Sent);
    }

    private static Bound Call(OpenDesk desk) => Some.Waitable(rules: desk.Policies.Current);

    private static byte[] Bytes(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
