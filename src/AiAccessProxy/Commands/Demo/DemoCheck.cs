using AiAccessProxy.Ledger;

namespace AiAccessProxy.Commands.Demo;

/// <summary>Holds what the agent saw, what the upstream counted and what the ledger says against each other. A demo that proves nothing fails.</summary>
internal static class DemoCheck
{
    public const string Privileged = "POST /v1/exports";

    private static readonly string[] Approved =
        [RecordKind.TicketOpened, RecordKind.VoteApprove, RecordKind.TicketApproved, RecordKind.TicketExecuting, RecordKind.CallExecuted];

    private static readonly string[] Denied = [RecordKind.TicketOpened, RecordKind.VoteDeny, RecordKind.TicketDenied];

    /// <summary>One sentence for each thing that does not fit; empty when the demo showed what it set out to show.</summary>
    public static IEnumerable<string> Problems(DemoEvidence evidence)
    {
        if (evidence.Auto is { } auto && auto.Approve != evidence.AgentGotThrough)
            yield return $"{auto.Person} voted to {(auto.Approve ? "approve" : "deny")}, but the agent's call {(auto.Approve ? "did not get" : "got")} through";

        var expected = evidence.AgentGotThrough ? 1 : 0;
        var received = evidence.Received.GetValueOrDefault(Privileged);
        if (received != expected) yield return $"the upstream received {Privileged} {received} times, not {expected}";

        foreach (var wrong in Miscounted(evidence)) yield return wrong;
        foreach (var missing in Missing(evidence)) yield return missing;
    }

    /// <summary>Every call that the upstream received is on record as executed, as often as it was received, and the other way round.</summary>
    private static IEnumerable<string> Miscounted(DemoEvidence evidence)
    {
        var recorded = evidence.Records
            .Where(record => record is { Kind: RecordKind.CallExecuted, Action: not null })
            .CountBy(record => $"{record.Action!.Method} {record.Action.Target}")
            .ToDictionary();
        foreach (var call in evidence.Received.Keys.Union(recorded.Keys))
            if (evidence.Received.GetValueOrDefault(call) != recorded.GetValueOrDefault(call))
                yield return $"the upstream received {call} {evidence.Received.GetValueOrDefault(call)} times, the ledger holds {recorded.GetValueOrDefault(call)}";
        if (!evidence.Received.Keys.Any(call => call.StartsWith("GET ", StringComparison.Ordinal))) yield return "no read reached the upstream";
    }

    private static IEnumerable<string> Missing(DemoEvidence evidence)
    {
        var tickets = evidence.Records.Where(record => record.Ticket is not null).GroupBy(record => record.Ticket).ToList();
        if (tickets.Count != 1)
        {
            yield return $"the ledger tells of {tickets.Count} tickets, not of 1";
            yield break;
        }

        var kinds = tickets[0].Select(record => record.Kind).ToList();
        var told = kinds.Where(kind => (evidence.AgentGotThrough ? Approved : Denied).Contains(kind));
        if (!told.SequenceEqual(evidence.AgentGotThrough ? Approved : Denied))
            yield return $"the ledger tells the ticket's story as {string.Join(", ", kinds)}";
        var votes = tickets[0].Where(record => record.Kind is RecordKind.VoteApprove or RecordKind.VoteDeny).ToList();
        if (votes.Any(vote => vote.Reviewer is null)) yield return "a vote on record names nobody";
        if (evidence.Auto is { } auto && votes.Any(vote => vote.Reviewer?.Id != auto.Person)) yield return $"a vote on record is not {auto.Person}'s";
    }
}
