using AiAccessProxy.Ledger;

namespace AiAccessProxy.Control.Reading;

/// <summary>What a rule did on one day: calls that it counted for, and what became of them.</summary>
/// <param name="Allowed">Calls that passed at once, this rule among those that let them.</param>
/// <param name="Denied">Calls that it denied.</param>
/// <param name="Asked">Tickets that it opened.</param>
/// <param name="Approved">Of its tickets: those that people approved.</param>
/// <param name="DeniedByPeople">Of its tickets: those that people denied.</param>
/// <param name="Unused">Of its tickets: those that expired, lapsed or were cancelled.</param>
/// <param name="Executed">Calls that went upstream under its approval.</param>
/// <param name="Observed">Calls that it would have counted for, if it were not only observed.</param>
internal sealed record RuleDay(
    long Allowed, long Denied, long Asked, long Approved, long DeniedByPeople, long Unused, long Executed, long Observed)
{
    public static RuleDay Nothing { get; } = new(0, 0, 0, 0, 0, 0, 0, 0);

    public RuleDay With(LedgerRecord record) => record.Kind switch
    {
        RecordKind.Decided when record.Decision == "allow" => this with { Allowed = Allowed + 1 },
        RecordKind.Decided => this with { Denied = Denied + 1 },
        RecordKind.TicketOpened => this with { Asked = Asked + 1 },
        RecordKind.TicketApproved => this with { Approved = Approved + 1 },
        RecordKind.TicketDenied => this with { DeniedByPeople = DeniedByPeople + 1 },
        RecordKind.TicketExpired or RecordKind.TicketLapsed or RecordKind.TicketCancelled => this with { Unused = Unused + 1 },
        RecordKind.TicketExecuting => this with { Executed = Executed + 1 },
        _ => this,
    };
}
