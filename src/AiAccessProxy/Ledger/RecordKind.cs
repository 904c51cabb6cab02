namespace AiAccessProxy.Ledger;

/// <summary>The kinds of record. A kind once written is never renamed.</summary>
internal static class RecordKind
{
    public const string Decided = "decided";
    public const string TicketOpened = "ticket.opened";
    public const string TicketApproved = "ticket.approved";
    public const string TicketDenied = "ticket.denied";
    public const string TicketExpired = "ticket.expired";
    public const string TicketLapsed = "ticket.lapsed";
    public const string TicketCancelled = "ticket.cancelled";
    public const string TicketExecuting = "ticket.executing";
    public const string TicketRouted = "ticket.routed";
    public const string TicketNotified = "ticket.notified";
    public const string TicketUnnotified = "ticket.unnotified";
    public const string VoteApprove = "vote.approve";
    public const string VoteDeny = "vote.deny";
    public const string VoteRefused = "vote.refused";
    public const string CallExecuted = "call.executed";
    public const string CallFailed = "call.failed";
    public const string CallUnknown = "call.unknown";
    public const string AgentSuspended = "agent.suspended";
    public const string AgentResumed = "agent.resumed";
    public const string KeyCreated = "key.created";
    public const string KeyRotated = "key.rotated";
    public const string KeyRevoked = "key.revoked";
    public const string PolicyLoaded = "policy.loaded";
    public const string PolicyRefused = "policy.refused";
    public const string SettingsLoaded = "settings.loaded";
    public const string PersonSignedIn = "person.signed_in";
    public const string PersonSignedOut = "person.signed_out";
    public const string LedgerEpoch = "ledger.epoch";
    public const string ChannelInstalled = "channel.installed";
    public const string ChannelRemoved = "channel.removed";
    public const string ChannelTurn = "channel.turn";
    public const string Exported = "exported";
    public const string Refused = "refused";
    public const string InstanceJoined = "instance.joined";
    public const string InstanceLeft = "instance.left";
    public const string InstanceLost = "instance.lost";
    public const string PolicyDiffers = "policy.differs";
    public const string Started = "started";
    public const string Stopped = "stopped";
}
