using AiAccessProxy.Commands.Demo;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Tests.Commands;

/// <summary>The demo checks itself; these show that its check fails when anything is broken.</summary>
public class DemoCheckTests
{
    private static readonly DemoEvidence Approved = new(
        true,
        new Dictionary<string, int> { ["GET /v1/users"] = 1, ["POST /v1/exports"] = 1 },
        [
            Record(RecordKind.Started),
            Call(RecordKind.Decided, "GET /v1/users"),
            Call(RecordKind.CallExecuted, "GET /v1/users"),
            OfTicket(RecordKind.TicketOpened),
            OfTicket(RecordKind.VoteApprove) with { Reviewer = new RecordedReviewer("lin", "api", "key:k1") },
            OfTicket(RecordKind.TicketApproved),
            OfTicket(RecordKind.TicketExecuting),
            OfTicket(RecordKind.CallExecuted),
        ],
        new DemoVote("lin", true));

    private static readonly DemoEvidence Denied = new(
        false,
        new Dictionary<string, int> { ["GET /v1/users"] = 1 },
        [
            Call(RecordKind.CallExecuted, "GET /v1/users"),
            OfTicket(RecordKind.TicketOpened),
            OfTicket(RecordKind.VoteDeny) with { Reviewer = new RecordedReviewer("lin", "api", "key:k1") },
            OfTicket(RecordKind.TicketDenied),
        ],
        new DemoVote("lin", false));

    public static TheoryData<string> EveryRecord => [.. Enumerable.Range(2, Approved.Records.Count - 2).Select(at => $"{at}")];

    [Fact]
    public void What_fits_passes()
    {
        Assert.Empty(DemoCheck.Problems(Approved));
        Assert.Empty(DemoCheck.Problems(Denied));
        Assert.Empty(DemoCheck.Problems(Approved with { Auto = null }));
    }

    [Theory]
    [MemberData(nameof(EveryRecord))]
    public void A_missing_record_fails(string at) =>
        Assert.NotEmpty(DemoCheck.Problems(Approved with { Records = [.. Approved.Records.Where((_, index) => index != int.Parse(at))] }));

    [Theory]
    [MemberData(nameof(EveryRecord))]
    public void A_record_that_is_there_twice_fails(string at) =>
        Assert.NotEmpty(DemoCheck.Problems(Approved with { Records = [.. Approved.Records, Approved.Records[int.Parse(at)]] }));

    [Fact]
    public void A_vote_without_effect_fails()
    {
        Assert.NotEmpty(DemoCheck.Problems(Denied with { Auto = new DemoVote("lin", true) }));
        Assert.NotEmpty(DemoCheck.Problems(Approved with { Auto = new DemoVote("lin", false) }));
    }

    [Theory]
    [InlineData("POST /v1/exports", 2)]
    [InlineData("POST /v1/exports", 0)]
    [InlineData("GET /v1/users", 2)]
    [InlineData("DELETE /v1/deployments/web", 1)]
    public void A_count_of_the_upstream_that_is_not_on_record_fails(string call, int count) =>
        Assert.NotEmpty(DemoCheck.Problems(Approved with { Received = new Dictionary<string, int>(Approved.Received) { [call] = count } }));

    [Fact]
    public void An_approved_call_that_goes_upstream_although_it_was_denied_fails() =>
        Assert.NotEmpty(DemoCheck.Problems(Denied with { Received = Approved.Received }));

    [Fact]
    public void Somebody_elses_vote_fails() => Assert.NotEmpty(DemoCheck.Problems(Approved with { Auto = new DemoVote("grace", true) }));

    [Fact]
    public void A_second_ticket_fails() =>
        Assert.NotEmpty(DemoCheck.Problems(Approved with { Records = [.. Approved.Records, OfTicket(RecordKind.TicketOpened) with { Ticket = "t_2" }] }));

    private static LedgerRecord Record(string kind) => new() { Id = Guid.Empty, Time = default, Kind = kind, Instance = "any" };

    private static LedgerRecord Call(string kind, string call) => Record(kind) with
    {
        Action = new RecordedAction { Route = "cloud", Method = call.Split(' ')[0], Target = call.Split(' ')[1] },
    };

    private static LedgerRecord OfTicket(string kind) => Call(kind, DemoCheck.Privileged) with { Ticket = "t_1" };
}
