using AiAccessProxy.Actions;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals;

/// <summary>Puts what rules decide, and what is refused, on record.</summary>
internal sealed class Recording(ILedger ledger, Records records, TimeProvider time)
{
    public ValueTask<Cleared> AllowAsync(Bound bound) => Cleared.AppendAsync(ledger, records.Decided(bound), time, CancellationToken.None);

    /// <summary>Every refusal of a known agent's call has a record, but for one that is still pending: that is on record as its ticket.</summary>
    public async ValueTask<Refused> RefuseAsync(Bound bound, Refused refused)
    {
        var record = refused switch
        {
            Refused.StillPending => null,
            Refused.Denied => records.Decided(bound),
            Refused.ContextRequired context => records.Refused(
                bound, null, $"context-required: {string.Join(", ", context.Missing.Select(name => Records.Lower(name)))}"),
            Refused.TicketTooLarge => records.Refused(bound, null, "ticket-too-large: what reviewers would have to be told does not fit into a ticket"),
            Refused.Ended(var ticket) => records.Refused(bound, ticket, $"its ticket is {Records.Lower(ticket.Status)}"),
            Refused.AlreadyExecuted(var ticket) => records.Refused(
                bound, ticket, $"already-executed: the identical call's ticket is {Records.Lower(ticket.Status)}"),
            Refused.KeyReused(var ticket) => records.Refused(bound, ticket, "idempotency-key-reused: the key came with another call before"),
            Refused.AgentSuspended => records.Refused(bound, null, "agent-suspended: somebody suspended the agent"),
            Refused.TooMany many => records.Refused(bound, null, $"too-many: {many.What}, at most {many.Limit}"),
            _ => throw new InvalidOperationException($"No record is known for {refused.GetType().Name}."),
        };
        if (record is null) return refused;
        await ledger.AppendAsync(record, CancellationToken.None);
        return refused with { Record = record.Id };
    }

    /// <summary>What became of a call that <paramref name="cleared"/> let through, where no ticket moves with it.</summary>
    public async ValueTask OutcomeAsync(LedgerRecord cleared, ActionOutcome outcome, string? detail = null) =>
        await ledger.AppendAsync(records.Of(cleared, outcome) with { Detail = detail }, CancellationToken.None);
}
