using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Showing;
using AiAccessProxy.Control.Api;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Commands;

/// <summary>A pending ticket as the API tells it, with <paramref name="words"/> wherever an agent or an upstream can put its own.</summary>
internal static class SomeTicketJson
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static TicketJson With(string words = "the report needs it") => new()
    {
        Id = "t_0198",
        Status = TicketStatus.Pending,
        Risk = Risk.High,
        Summary = [$"Export {words}"],
        Agent = new RecordedAgent("report-bot", "ada", "joan", "key:k1"),
        Action = new RecordedAction { Name = "data.export", Route = "cloud", Method = "POST", Target = $"/v1/exports?{words}" },
        Rules = [new MatchedRule("export", [$"body.table is {words}"], false)],
        Needs = [new Need(1, ["group:security"])],
        Progress = "0 of 1",
        Votes = [new Vote("grace", true, words, Noon, "api", "key:k1")],
        Claims = new Dictionary<string, string> { ["reason"] = words },
        Earlier = [new EarlierRun("t_0197", Noon.AddDays(-1), TicketStatus.Executed, 201)],
        Controls = [],
        Policy = new string('0', 64),
        Opened = Noon,
        DecideBy = Noon.AddMinutes(30),
        UseBy = null,
        Ended = null,
        EndedBecause = null,
        Execution = null,
        Shown = new ShownCall(
            [
                new ShownPart("method", null, [new ShownSpan.Text("POST")]),
                new ShownPart("header", "x-note", [new ShownSpan.Text(words)]),
                new ShownPart("body", null, [new ShownSpan.Text("{\n\"a\\\\b\": "), new ShownSpan.Redacted("body.card", 16, "ab12"), new ShownSpan.Text($"{words}}}")]),
            ],
            "cloud-admin",
            ["host"],
            7),
        MayApprove = false,
        MayDeny = true,
        WhyNot = "Part of it cannot be shown.",
    };
}
