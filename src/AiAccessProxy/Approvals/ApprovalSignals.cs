using System.Diagnostics.Metrics;
using AiAccessProxy.Policies;
using AiAccessProxy.Telemetry;

namespace AiAccessProxy.Approvals;

/// <summary>What the room counts and measures. Never an id as a label: only statuses, risks and channels.</summary>
internal static class ApprovalSignals
{
    private static readonly string[] OwnChannels = ["api", "console"];

    public static readonly UpDownCounter<long> HeldCalls = Signals.UpDownCounter(Metrics.HeldCalls);

    public static readonly UpDownCounter<long> HeldBytes = Signals.UpDownCounter(Metrics.HeldBytes);

    public static readonly Histogram<double> HoldDuration = Signals.Histogram(Metrics.HoldDuration);

    public static readonly Histogram<double> ApprovalWait = Signals.Histogram(Metrics.ApprovalWait);

    private static readonly Histogram<double> FirstVote = Signals.Histogram(Metrics.FirstVote);

    private static readonly Counter<long> Votes = Signals.Counter(Metrics.Votes);

    public static readonly Counter<long> SelfApprovals = Signals.Counter(Metrics.SelfApprovals);

    private static readonly Counter<long> Tickets = Signals.Counter(Metrics.Tickets);

    /// <summary>Nothing has happened yet.</summary>
    public static void Begin()
    {
        HeldCalls.Add(0);
        HeldBytes.Add(0);
        foreach (var channel in OwnChannels) SelfApprovals.Add(0, Label("channel", channel));
        foreach (var risk in Enum.GetValues<Risk>())
        {
            foreach (var status in Enum.GetValues<TicketStatus>()) Tickets.Add(0, Label("status", Records.Lower(status)), Label("risk", Records.Lower(risk)));
        }
    }

    /// <summary>A ticket was opened.</summary>
    public static void Opened(Ticket ticket) => Came(ticket);

    /// <summary>An edge was taken.</summary>
    public static void Moved(Ticket from, Ticket to)
    {
        if (from.Status == to.Status) return;
        Came(to);
        if (from.Status != TicketStatus.Pending) return;
        var decided = to.Ended ?? to.Votes[^1].At;
        ApprovalWait.Record((decided - from.Opened).TotalSeconds, Label("decision", Records.Lower(to.Status)), Label("risk", Records.Lower(to.Risk)));
    }

    /// <summary>A ballot was looked at.</summary>
    public static void Voted(Ballot ballot, VoteOutcome outcome)
    {
        var answer = outcome is not VoteOutcome.Counted ? "refused" : ballot.Approve ? "approve" : "deny";
        Votes.Add(1, Label("answer", answer), Label("channel", ballot.Channel));
        if (outcome is VoteOutcome.SelfApproval) SelfApprovals.Add(1, Label("channel", ballot.Channel));
        if (outcome is VoteOutcome.Counted { Ticket: { Votes: [var first] } ticket })
            FirstVote.Record((first.At - ticket.Opened).TotalSeconds, Label("channel", ballot.Channel), Label("risk", Records.Lower(ticket.Risk)));
    }

    private static void Came(Ticket ticket) => Tickets.Add(1, Label("status", Records.Lower(ticket.Status)), Label("risk", Records.Lower(ticket.Risk)));

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);
}
