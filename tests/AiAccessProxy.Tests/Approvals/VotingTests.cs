using AiAccessProxy.Approvals;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Approvals;

public class VotingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ada", typeof(VoteOutcome.SelfApproval))]
    [InlineData("joan", typeof(VoteOutcome.SelfApproval))]
    [InlineData("judy", typeof(VoteOutcome.NotEntitled))]
    [InlineData("nobody", typeof(VoteOutcome.NotEntitled))]
    public async Task Who_may_not_approve_does_not_and_the_try_is_on_record(string person, Type expected)
    {
        await using var desk = await OpenDesk.OpenAsync();
        var ticket = await OpenAsync(desk);
        Assert.NotNull(desk.Desk.WhyNot(ticket, person));

        var outcome = await desk.Desk.VoteAsync(ticket.Id, Some.Ballot(person), Token);

        Assert.IsType(expected, outcome);
        var record = (await desk.RecordsAsync())[^1];
        Assert.Equal((RecordKind.VoteRefused, ticket.Id.Value), (record.Kind, record.Ticket));
        Assert.Equal(new RecordedReviewer(person, "console", "key:laptop"), record.Reviewer);
        Assert.Equal(desk.Desk.WhyNot(ticket, person), record.Detail);
        Assert.Equal(TicketStatus.Pending, (await desk.TicketAsync(ticket.Id)).Status);
    }

    [Fact]
    public async Task A_ballot_of_who_read_the_ticket_before_it_moved_means_the_ticket_as_it_stands()
    {
        await using var desk = await OpenDesk.OpenAsync(rules: TwoOfFinance());
        var ticket = await OpenAsync(desk, TwoOfFinance());
        var known = (await desk.Desk.ReadAsync(ticket.Id, Token))!;
        await desk.ApproveAsync(ticket.Id);

        Assert.IsType<VoteOutcome.AlreadyVoted>(await desk.Desk.VoteAsync(known, Some.Ballot("grace"), Token));
        Assert.IsType<VoteOutcome.Stale>(await desk.Desk.VoteAsync(known, Some.Ballot("heidi") with { AtRevision = known.Revision }, Token));
        var counted = Assert.IsType<VoteOutcome.Counted>(await desk.Desk.VoteAsync(known, Some.Ballot("heidi"), Token));

        Assert.Equal((TicketStatus.Approved, known.Revision + 2), (counted.Ticket.Status, counted.Revision));
        Assert.Equal(["grace", "heidi"], counted.Ticket.Votes.Select(vote => vote.Person));
        Assert.Equal((await desk.Desk.ReadAsync(ticket.Id, Token))!.Revision, counted.Revision);
        Assert.IsType<VoteOutcome.Finished>(await desk.Desk.VoteAsync(known, Some.Ballot("heidi", false, "no"), Token));
        Assert.Equal(TicketStatus.Approved, (await desk.TicketAsync(ticket.Id)).Status);
    }

    [Fact]
    public async Task A_person_counts_once_over_all_channels()
    {
        await using var desk = await OpenDesk.OpenAsync(rules: TwoOfFinance());
        var ticket = await OpenAsync(desk, TwoOfFinance());
        Assert.Null(desk.Desk.WhyNot(ticket, "grace"));
        Assert.Equal(TicketStatus.Pending, (await desk.ApproveAsync(ticket.Id)).Status);

        var again = Assert.IsType<VoteOutcome.AlreadyVoted>(
            await desk.Desk.VoteAsync(ticket.Id, Some.Ballot("grace") with { Channel = "api", Authenticated = "local" }, Token));
        Assert.NotNull(desk.Desk.WhyNot(again.Ticket, "grace"));
        var approved = await desk.ApproveAsync(ticket.Id, "heidi");

        Assert.Equal((TicketStatus.Approved, desk.Time.GetUtcNow() + TimeSpan.FromMinutes(10)), (approved.Status, approved.UseBy));
        Assert.Equal(
            [RecordKind.TicketOpened, RecordKind.VoteApprove, RecordKind.VoteRefused, RecordKind.VoteApprove, RecordKind.TicketApproved],
            await desk.KindsAsync());
    }

    [Fact]
    public async Task An_earlier_approval_by_somebody_who_left_does_not_help_the_next_one()
    {
        await using var desk = await OpenDesk.OpenAsync(rules: TwoOfFinance());
        var ticket = await OpenAsync(desk, TwoOfFinance());
        await desk.ApproveAsync(ticket.Id, "grace");
        await desk.Policies.SwapAsync(
            TwoOfFinance(new Dictionary<string, IReadOnlyList<string>> { ["finance"] = ["heidi", "ivan"] }), Token);

        Assert.Equal(TicketStatus.Pending, (await desk.ApproveAsync(ticket.Id, "heidi")).Status);
        Assert.Equal(TicketStatus.Approved, (await desk.ApproveAsync(ticket.Id, "ivan")).Status);
    }

    [Fact]
    public async Task A_vote_on_what_is_over_or_was_never_there_changes_nothing_and_is_on_record()
    {
        await using var desk = await OpenDesk.OpenAsync();
        var ticket = await OpenAsync(desk);
        await desk.Desk.VoteAsync(ticket.Id, Some.Ballot("grace", false, "no"), Token);

        Assert.Equal(
            TicketStatus.Denied, Assert.IsType<VoteOutcome.Finished>(await desk.Desk.VoteAsync(ticket.Id, Some.Ballot("heidi"), Token)).Ticket.Status);
        Assert.IsType<VoteOutcome.NoTicket>(await desk.Desk.VoteAsync(new TicketId(new('x', 4000)), Some.Ballot("heidi"), Token));

        var records = await desk.RecordsAsync();
        Assert.Equal([RecordKind.VoteRefused, RecordKind.VoteRefused], records[^2..].Select(record => record.Kind));
        Assert.Equal(40, records[^1].Ticket!.Length);
    }

    [Fact]
    public async Task A_vote_after_the_deadline_finds_the_ticket_expired_though_no_sweeper_has_come_by()
    {
        await using var desk = await OpenDesk.OpenAsync(start: false);
        var ticket = await OpenAsync(desk);
        desk.Time.Advance(TimeSpan.FromMinutes(30));

        var outcome = await desk.Desk.VoteAsync(ticket.Id, Some.Ballot("grace"), Token);

        Assert.Equal(TicketStatus.Expired, Assert.IsType<VoteOutcome.Finished>(outcome).Ticket.Status);
        Assert.Equal([RecordKind.TicketOpened, RecordKind.TicketExpired, RecordKind.VoteRefused], await desk.KindsAsync());
    }

    [Fact]
    public async Task An_agent_withdraws_its_own_tickets_only()
    {
        await using var desk = await OpenDesk.OpenAsync();
        var ticket = await OpenAsync(desk);

        Assert.Null(await desk.Desk.CancelAsync(ticket.Id, "another", Token));
        Assert.Null(await desk.Desk.CancelAsync(new("t_none"), ticket.Agent.Id, Token));
        Assert.Equal(TicketStatus.Pending, (await desk.TicketAsync(ticket.Id)).Status);
        Assert.Equal(TicketStatus.Cancelled, (await desk.Desk.CancelAsync(ticket.Id, ticket.Agent.Id, Token))!.Status);
        Assert.Equal(TicketStatus.Cancelled, (await desk.Desk.CancelAsync(ticket.Id, ticket.Agent.Id, Token))!.Status);
        Assert.Single(await desk.KindsAsync(), RecordKind.TicketCancelled);
    }

    [Fact]
    public async Task A_ticket_comes_back_from_its_register_as_it_was()
    {
        await using var desk = await OpenDesk.OpenAsync(rules: TwoOfFinance());
        var ticket = await OpenAsync(desk, TwoOfFinance());
        await desk.ApproveAsync(ticket.Id);
        var voted = await desk.TicketAsync(ticket.Id);

        var again = TicketState.Read(TicketState.Write(voted));

        Assert.Equal(TicketState.Write(voted), TicketState.Write(again));
        Assert.Equal(("grace", true), (Assert.Single(again.Votes).Person, again.Shown!.IsWhole));
        Assert.Equal(voted.Shown!.Parts.SelectMany(part => part.Spans), again.Shown.Parts.SelectMany(part => part.Spans));
        Assert.Contains(again.Shown.Parts.SelectMany(part => part.Spans), span => span.ToString().Contains("20000", StringComparison.Ordinal));
    }

    private static PolicySnapshot TwoOfFinance(IReadOnlyDictionary<string, IReadOnlyList<string>>? groups = null) =>
        Some.Rules(Some.ApprovalRule(new Need(2, ["group:finance"])), groups);

    private static async Task<Ticket> OpenAsync(OpenDesk desk, PolicySnapshot? rules = null)
    {
        await desk.CallAsync(Some.Waitable(rules: rules), TimeSpan.Zero);
        return await desk.TicketAsync();
    }
}
