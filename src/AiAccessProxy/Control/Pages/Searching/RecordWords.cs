using AiAccessProxy.Ledger;
using AiAccessProxy.People;

namespace AiAccessProxy.Control.Pages.Searching;

/// <summary>What a record says, in a sentence for people.</summary>
internal static class RecordWords
{
    /// <summary>The sentence alone, where the ticket is what the page is about.</summary>
    public static string Of(LedgerRecord record, PeopleDirectory people)
    {
        var who = record.Reviewer is { } reviewer ? Words.Person(people, reviewer.Id) : "somebody";
        return record.Kind switch
        {
            RecordKind.Decided => record.Decision == "allow" ? "Allowed at once" : "Denied by rules",
            RecordKind.TicketOpened => $"Opened by agent {record.Agent?.Id}",
            RecordKind.TicketRouted => $"To be told in {record.Detail}",
            RecordKind.TicketNotified => $"Reviewers were told: {record.Detail}",
            RecordKind.TicketUnnotified => $"Reviewers could not be told: {record.Detail}",
            RecordKind.VoteApprove => $"{who} approved ({Through(record.Reviewer)})",
            RecordKind.VoteDeny => $"{who} denied ({Through(record.Reviewer)})",
            RecordKind.VoteRefused => $"A vote of {who} did not count ({Through(record.Reviewer)})",
            RecordKind.TicketApproved => "Approved",
            RecordKind.TicketDenied => "Denied",
            RecordKind.TicketExpired => "Expired",
            RecordKind.TicketLapsed => "Lapsed",
            RecordKind.TicketCancelled => "Cancelled",
            RecordKind.TicketExecuting => "Let through to the upstream",
            RecordKind.CallExecuted => $"The upstream answered {record.Outcome?.Status}",
            RecordKind.CallFailed => $"Not sent: {record.Outcome?.Why}",
            RecordKind.CallUnknown => $"Outcome unknown: {record.Outcome?.Why}",
            RecordKind.Refused when record.Count is { } count => $"{count} {(count == 1 ? "call" : "calls")} of nobody known refused",
            RecordKind.Refused when record.Ticket is not null => "A repeat of the call was refused",
            RecordKind.Refused => "Refused",
            RecordKind.AgentSuspended => $"{who} suspended agent {record.Agent?.Id}",
            RecordKind.AgentResumed => $"{who} let agent {record.Agent?.Id} go on",
            RecordKind.KeyCreated => $"{who} made the key {record.Key?.Id} for agent {record.Agent?.Id}",
            RecordKind.KeyRotated => $"{who} made the key {record.Key?.Id} in place of {record.Key?.InsteadOf} for agent {record.Agent?.Id}",
            RecordKind.KeyRevoked => $"{who} revoked the key {record.Key?.Id} of agent {record.Agent?.Id}",
            RecordKind.PolicyLoaded => "A policy came into force",
            RecordKind.PolicyRefused => "A changed policy was wrong, and refused",
            RecordKind.SettingsLoaded => "Settings were read",
            RecordKind.PersonSignedIn => $"{who} signed in ({Through(record.Reviewer)})",
            RecordKind.PersonSignedOut => $"{who} signed out ({Through(record.Reviewer)})",
            RecordKind.Exported => $"{who} exported records",
            RecordKind.LedgerEpoch => "The ledger's store was started anew",
            RecordKind.InstanceJoined => $"Instance {record.Instance} joined the others",
            RecordKind.InstanceLeft => $"Instance {record.Instance} left",
            RecordKind.InstanceLost => "An instance fell silent",
            RecordKind.PolicyDiffers => "Instances decided by different rules",
            RecordKind.Started => "The proxy started",
            RecordKind.Stopped => "The proxy stopped",
            _ => record.Kind,
        };
    }

    private static string Through(RecordedReviewer? reviewer) => reviewer is null ? "unknown" : $"{reviewer.Channel}, {reviewer.Authenticated}";
}
