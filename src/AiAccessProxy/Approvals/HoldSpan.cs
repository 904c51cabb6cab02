using System.Diagnostics;
using AiAccessProxy.Telemetry;

namespace AiAccessProxy.Approvals;

/// <summary>
/// The time that one call is held, as a span with what happened meanwhile. Nobody sees a span before it ends, so that the hold begins is also
/// a line in the log, with the trace.
/// </summary>
internal sealed partial class HoldSpan : IDisposable
{
    private readonly Activity? _span = Signals.Source.StartActivity("hold");
    private readonly int _votesBefore;
    private readonly string _risk;
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly HashSet<string> _notified = [];
    private string _outcome = "error";

    public HoldSpan(Opened.To opened, TimeProvider time, ILogger logger)
    {
        var ticket = opened.Standing.Ticket;
        (_votesBefore, _risk, _time, _began) = (ticket.Votes.Count, Records.Lower(ticket.Risk), time, time.GetTimestamp());
        if (_span is { IsAllDataRequested: true })
        {
            _span.SetTag(Attributes.Ticket, ticket.Id.Value);
            _span.SetTag(Attributes.Risk, _risk);
            _span.AddEvent(new(opened.Joined ? "joined" : "opened"));
        }

        Log.Held(logger, ticket.Id, ticket.Action.Route, _risk, _span?.TraceId.ToHexString() ?? ticket.Trace);
    }

    /// <summary>Somebody was told of the ticket on that channel; once is said, however many they are. Called by one at a time.</summary>
    public void Notified(string channel)
    {
        if (_notified.Add(channel)) _span?.AddEvent(new("notified", tags: new() { [Attributes.Channel] = channel }));
    }

    public void Ended(Verdict verdict)
    {
        var ticket = verdict switch
        {
            Verdict.Turn(var approved) => approved,
            Verdict.No { Refused: Refused.Ended(var ended) } => ended,
            Verdict.No { Refused: Refused.AlreadyExecuted(var executed) } => executed,
            Verdict.No { Refused: Refused.StillPending(var pending) } => pending,
            _ => null,
        };
        if (ticket is null) return;
        // Of a run that goes on, or that nobody knows the end of, this call knows no more than that it was not its own.
        _outcome = ticket.Status is TicketStatus.Executing or TicketStatus.Failed or TicketStatus.Unknown ? "executed" : Records.Lower(ticket.Status);
        if (_span is { IsAllDataRequested: true }) Tell(_span, ticket);
    }

    /// <summary>The agent left.</summary>
    public void Gone() => _outcome = "gone";

    public void Dispose()
    {
        ApprovalSignals.HoldDuration.Record(
            _time.GetElapsedTime(_began).TotalSeconds, new("outcome", _outcome), new KeyValuePair<string, object?>("risk", _risk));
        _span?.Dispose();
    }

    private void Tell(Activity span, Ticket ticket)
    {
        foreach (var vote in ticket.Votes.Skip(_votesBefore))
        {
            span.AddEvent(new("vote", vote.At, new() { [Attributes.Vote] = vote.Approve ? "approve" : "deny", [Attributes.Channel] = vote.Channel }));
            if (ActivityContext.TryParse(vote.Traceparent, null, isRemote: true, out var voted)) span.AddLink(new(voted));
        }

        if (ticket.Status != TicketStatus.Pending)
            span.AddEvent(new("decided", tags: new() { [Attributes.TicketStatus] = Records.Lower(ticket.Status) }));
        span.SetTag(Attributes.TicketStatus, Records.Lower(ticket.Status));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "A call is held for ticket {Ticket} on route {Route}, risk {Risk}, trace {Trace}")]
        public static partial void Held(ILogger logger, TicketId ticket, string? route, string risk, string? trace);
    }
}
