using System.Diagnostics;
using AiAccessProxy.Telemetry;

namespace AiAccessProxy.Approvals;

/// <summary>A vote in the trace of whoever brought it, linked to the call that waits for it; the call's hold links back.</summary>
internal sealed class VoteSpan : IDisposable
{
    private readonly Activity? _span = Signals.Source.StartActivity("vote");

    /// <summary>For the hold's link; null when nobody looks.</summary>
    public string? Traceparent => _span?.Id;

    public void Ended(Ticket? ticket, Ballot ballot, VoteOutcome outcome)
    {
        if (_span is not { IsAllDataRequested: true }) return;
        _span.SetTag(Attributes.Vote, outcome is not VoteOutcome.Counted ? "refused" : ballot.Approve ? "approve" : "deny");
        _span.SetTag(Attributes.Channel, ballot.Channel);
        _span.SetTag(Attributes.Reviewer, ballot.Person.Id);
        if (ticket is null) return;
        _span.SetTag(Attributes.Ticket, ticket.Id.Value);
        if (ActivityContext.TryParse(ticket.Traceparent, null, isRemote: true, out var held)) _span.AddLink(new(held));
    }

    public void Dispose() => _span?.Dispose();
}
