using AiAccessProxy.Commands.Ledgers;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Tests.Commands;

public class StoryLineTests
{
    private static readonly LedgerRecord Opened = new()
    {
        Id = Guid.Empty,
        Time = new ManualTime().GetUtcNow(),
        Kind = RecordKind.TicketOpened,
        Instance = "any",
        Agent = new RecordedAgent("report-bot", "ada", "joan", "key:k1"),
        Action = new RecordedAction { Name = "data.export", Risk = "high", Route = "cloud", Method = "POST", Target = "/v1/exports" },
        Ticket = "t_1",
        Rules = ["export"],
        Decision = "require_approval",
        Claims = new Dictionary<string, string> { ["reason"] = "monthly report" },
    };

    [Fact]
    public void A_line_says_when_what_who_for_whom_and_why() => Assert.Equal(
        "2026-11-21 08:00:00.000Z  ticket.opened     report-bot for joan: POST /v1/exports on cloud (data.export, high risk) | "
        + "require_approval (by export) | reason claimed: \"monthly report\" | t_1",
        Line(Opened));

    [Fact]
    public void A_line_says_who_decided_by_which_channel() => Assert.Equal(
        "2026-11-21 08:00:00.000Z  vote.deny         report-bot | grace by console, local | too much | t_1",
        Line(Opened with
        {
            Kind = RecordKind.VoteDeny,
            Agent = new RecordedAgent("report-bot", "ada", null, "key:k1"),
            Action = null,
            Claims = null,
            Decision = null,
            Detail = "too much",
            Reviewer = new RecordedReviewer("grace", "console", "local"),
        }));

    [Fact]
    public void A_line_says_what_became_of_the_call()
    {
        var line = Line(Opened with { Kind = RecordKind.CallExecuted, Outcome = new RecordedOutcome(201, 61, 3.4, false) });
        Assert.Contains("| upstream said 201, 61 bytes, 3 ms, not received whole by the agent |", line, StringComparison.Ordinal);
        line = Line(Opened with { Kind = RecordKind.CallUnknown, Outcome = new RecordedOutcome(null, null, 2000, Why: "connection closed") });
        Assert.Contains("| 2000 ms, connection closed |", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_with_next_to_nothing_in_it_is_a_line_too() => Assert.Equal(
        "2026-11-21 08:00:00.000Z  started",
        Line(new LedgerRecord { Id = Guid.Empty, Time = Opened.Time, Kind = RecordKind.Started, Instance = "any" }));

    [Fact]
    public void Nothing_that_an_agent_says_can_break_out_of_its_line()
    {
        const string Hostile = "\u001b[2J\r\n2026-01-01 forged\u202e\u009b";
        var line = Line(Opened with
        {
            Agent = new RecordedAgent(Hostile, Hostile, Hostile, Hostile),
            Action = Opened.Action! with { Target = Hostile + new string('x', 5000), Method = Hostile, Route = Hostile, Name = Hostile, Risk = Hostile },
            Claims = new Dictionary<string, string> { ["reason"] = Hostile },
            Detail = Hostile,
            Outcome = new RecordedOutcome(200, 1, 1, true, null, Hostile),
            Reviewer = new RecordedReviewer(Hostile, Hostile, Hostile),
            Ticket = Hostile,
            Rules = [Hostile],
        });

        Assert.DoesNotContain(line, character => char.IsControl(character) || character == '\u202e');
        Assert.True(line.Length < 3000, "an over-long target is cut");
    }

    /// <summary>Times are told in UTC, whatever zone they come in.</summary>
    private static string Line(LedgerRecord record) =>
        StoryLine.Of(new Entry(new Position(1), record.Time.AddHours(-1).ToOffset(TimeSpan.FromHours(5)), record, default));
}
