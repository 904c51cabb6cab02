using AiAccessProxy.Actions;
using AiAccessProxy.Approvals;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Approvals;

public class TicketMovesTests
{
    [Fact]
    public void Whatever_happens_in_whatever_order_only_the_edges_of_the_contract_are_taken()
    {
        var edges = new Dictionary<TicketStatus, TicketStatus[]>
        {
            [TicketStatus.Pending] = [TicketStatus.Approved, TicketStatus.Denied, TicketStatus.Expired, TicketStatus.Cancelled],
            [TicketStatus.Approved] = [TicketStatus.Executing, TicketStatus.Lapsed, TicketStatus.Cancelled],
            [TicketStatus.Executing] = [TicketStatus.Executed, TicketStatus.Failed, TicketStatus.Unknown],
        };
        var reached = new HashSet<(TicketStatus, TicketStatus)>();
        for (var run = 0; run < Some.Runs(20_000); run++)
        {
            var world = new TicketWorld(new Random(run));
            for (var step = 0; step < 14; step++)
            {
                var before = world.Ticket;
                world.Step();
                if (before.Status != world.Ticket.Status)
                {
                    Assert.Contains(world.Ticket.Status, edges.GetValueOrDefault(before.Status, []));
                    reached.Add((before.Status, world.Ticket.Status));
                }

                if (before.IsOver) Assert.Same(before, world.Ticket);
                world.Check(before);
            }
        }

        Assert.Equal(edges.Sum(edge => edge.Value.Length), reached.Count);
    }

    [Fact]
    public void One_denial_ends_it_with_its_reason()
    {
        var ticket = Some.Ticket([new(2, ["group:finance"])]);
        var approved = Counted(TicketMoves.Vote(ticket, Some.Ballot("grace"), Some.Rules(), At(1), Epoch.Only));
        Assert.Equal(TicketStatus.Pending, approved.Status);

        var denied = Counted(TicketMoves.Vote(approved, Some.Ballot("heidi", false, "not today"), Some.Rules(), At(2), Epoch.Only));

        Assert.Equal((TicketStatus.Denied, "not today"), (denied.Status, denied.EndedBecause));
        Assert.Null(denied.Shown);
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("joan")]
    public void Whoever_answers_for_the_agent_neither_approves_nor_denies(string person)
    {
        Assert.IsType<VoteOutcome.SelfApproval>(TicketMoves.Vote(Some.Ticket(), Some.Ballot(person), Some.Rules(), At(1), Epoch.Only));
        Assert.IsType<VoteOutcome.NotEntitled>(TicketMoves.Vote(Some.Ticket(), Some.Ballot(person, approve: false), Some.Rules(), At(1), Epoch.Only));
    }

    [Fact]
    public void Whoever_owns_the_agent_by_now_does_not_approve_either_nor_does_an_earlier_approval_of_theirs_count()
    {
        Assert.IsType<VoteOutcome.SelfApproval>(
            TicketMoves.Vote(Some.Ticket(), Some.Ballot("grace"), Some.Rules(owner: "grace"), At(1), Epoch.Only));

        var half = Counted(TicketMoves.Vote(Some.Ticket([new(2, ["group:finance"])]), Some.Ballot("grace"), Some.Rules(), At(1), Epoch.Only));
        Assert.Equal(TicketStatus.Pending, Counted(TicketMoves.Vote(half, Some.Ballot("heidi"), Some.Rules(owner: "grace"), At(2), Epoch.Only)).Status);
        Assert.Equal(TicketStatus.Approved, Counted(TicketMoves.Vote(half, Some.Ballot("heidi"), Some.Rules(), At(2), Epoch.Only)).Status);
    }

    [Fact]
    public void What_cannot_be_shown_whole_can_be_denied_but_not_approved()
    {
        var hidden = Some.Ticket(shown: new([], null, [], HiddenBytes: 1));

        Assert.IsType<VoteOutcome.NotWhollyShown>(TicketMoves.Vote(hidden, Some.Ballot("grace"), Some.Rules(), At(1), Epoch.Only));
        Assert.IsType<VoteOutcome.NotWhollyShown>(TicketMoves.Vote(hidden with { Shown = null }, Some.Ballot("grace"), Some.Rules(), At(1), Epoch.Only));
        Assert.Equal(TicketStatus.Denied, Counted(TicketMoves.Vote(hidden, Some.Ballot("grace", false), Some.Rules(), At(1), Epoch.Only)).Status);
    }

    [Fact]
    public void A_vote_at_the_deadline_is_too_late()
    {
        var ticket = Some.Ticket();

        Assert.IsType<VoteOutcome.Finished>(TicketMoves.Vote(ticket, Some.Ballot("grace"), Some.Rules(), ticket.DecideBy, Epoch.Only));
        Assert.IsType<VoteOutcome.Counted>(TicketMoves.Vote(ticket, Some.Ballot("grace"), Some.Rules(), ticket.DecideBy - TimeSpan.FromTicks(1), Epoch.Only));
    }

    [Fact]
    public void An_approval_whose_approver_left_the_group_is_of_no_use()
    {
        var approved = Counted(TicketMoves.Vote(Some.Ticket(), Some.Ballot("grace"), Some.Rules(), At(1), Epoch.Only));
        var left = Some.Rules(groups: new Dictionary<string, IReadOnlyList<string>> { ["finance"] = ["heidi"] });

        Assert.IsType<Moved.NoEdge>(TicketMoves.Use(approved, Run(At(2)), left, Epoch.Only));
        Assert.IsType<Moved.To>(TicketMoves.Use(approved, Run(At(2)), Some.Rules(), Epoch.Only));
    }

    [Fact]
    public void Only_the_run_that_began_it_ends_it()
    {
        var approved = Counted(TicketMoves.Vote(Some.Ticket(), Some.Ballot("grace"), Some.Rules(), At(1), Epoch.Only));
        var run = Run(At(2));
        var executing = Assert.IsType<Moved.To>(TicketMoves.Use(approved, run, Some.Rules(), Epoch.Only)).Next;
        var answered = new ActionOutcome.Answered(200, 0, true, null, TimeSpan.Zero);

        Assert.IsType<Moved.NoEdge>(TicketMoves.Close(executing, Guid.NewGuid(), answered, At(3)));
        Assert.IsType<Moved.NoEdge>(TicketMoves.Renew(executing, Guid.NewGuid(), At(9)));
        var executed = Assert.IsType<Moved.To>(TicketMoves.Close(executing, run.Record, answered, At(3))).Next;
        Assert.Equal((TicketStatus.Executed, 200, true), (executed.Status, executed.Execution!.Status, executed.Execution.Delivered));
    }

    private static Ticket Counted(VoteOutcome outcome) => Assert.IsType<VoteOutcome.Counted>(outcome).Ticket;

    private static DateTimeOffset At(int minute) => DateTimeOffset.UnixEpoch.AddMinutes(minute);

    private static Execution Run(DateTimeOffset at) => new(Guid.NewGuid(), "here", at, at.AddSeconds(15), null, null, false, null);
}
