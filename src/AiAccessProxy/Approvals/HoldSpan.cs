using System.Diagnostics;
using AiAccessProxy.Telemetry;

namespace AiAccessProxy.Approvals;

/// <summary>The time that one call is held, as a span with what happened meanwhile, and a line in the log where it begins.</summary>
internal sealed partial class HoldSpan : IDisposable
{
    private readonly Activity? _span = Signals.Source.StartActivity("hold");
    private readonly int _votesBefore;

    public HoldSpan(Opened.To opened, ILogger logger)
    {
        var ticket = opened.Standing.Ticket;
        _votesBefore = ticket.Votes.Count;
        _span?.SetTag("ai_access.ticket", ticket.Id.Value);
        _span?.AddEvent(new(opened.Joined ? "joined" : "opened"));
        Log.Held(logger, ticket.Id, ticket.Agent.Id, Records.Lower(ticket.Risk), _span?.TraceId.ToHexString() ?? ticket.Trace);
    }

    public void Ended(Verdict verdict)
    {
        if (_span is null) return;
        var ticket = verdict switch
        {
            Verdict.Turn(var approved) => approved,
            Verdict.No { Refused: Refused.Ended(var ended) } => ended,
            Verdict.No { Refused: Refused.AlreadyExecuted(var executed) } => executed,
            Verdict.No { Refused: Refused.StillPending(var pending) } => pending,
            _ => null,
        };
        if (ticket is null) return;
        foreach (var vote in ticket.Votes.Skip(_votesBefore))
            _span.AddEvent(new("vote", vote.At, new() { ["approve"] = vote.Approve, ["channel"] = vote.Channel }));
        if (ticket.Status != TicketStatus.Pending)
            _span.AddEvent(new("decided", tags: new() { ["status"] = Records.Lower(ticket.Status) }));
        _span.SetTag("ai_access.ticket.status", Records.Lower(ticket.Status));
    }

    public void Dispose() => _span?.Dispose();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "A call of {Agent} is held for ticket {Ticket}, risk {Risk}, trace {Trace}")]
        public static partial void Held(ILogger logger, TicketId ticket, string agent, string risk, string? trace);
    }
}
