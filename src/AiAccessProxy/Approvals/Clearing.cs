using AiAccessProxy.Actions;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals;

/// <summary>The last gate before the wire: what cannot be recorded does not happen.</summary>
internal sealed class Clearing(Recording recording, Using use, Closing closing)
{
    /// <summary>
    /// Records the decision; for an approved call also takes its ticket to executing, in one commit. Of the waiters of a ticket it clears one
    /// and refuses the others with what became of the call.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">It could not be recorded, so it must not happen.</exception>
    /// <exception cref="OperationCanceledException">The client is gone; another waiter of the ticket has its turn now.</exception>
    public async ValueTask<Clearance> ClearAsync(Bound bound, Verdict verdict, CancellationToken clientGone)
    {
        switch (bound.Decision, verdict)
        {
            case (Decision.Allow, Verdict.NotNeeded):
                return new Clearance.Go(await recording.AllowAsync(bound));
            case (Decision.Deny deny, Verdict.NotNeeded):
                return new Clearance.No(await recording.RefuseAsync(bound, new Refused.Denied(deny)));
            case (Decision.RequireApproval, Verdict.No(var refused)):
                return new Clearance.No(await recording.RefuseAsync(bound, refused));
            case (Decision.RequireApproval, Verdict.Turn turn):
                return await use.UseAsync(bound, turn, clientGone) switch
                {
                    Used.Taken(var cleared) => new Clearance.Go(cleared),
                    Used.InDoubt(var record, var why) => throw closing.NotSent(record, why),
                    Used.No(var refused, var asNow) => new Clearance.No(await recording.RefuseAsync(asNow, refused)),
                    _ => throw new InvalidOperationException("A turn ends in use or in refusal."),
                };
            default:
                // Above all: what needs approval is never cleared for want of a verdict.
                throw new InvalidOperationException($"A {verdict.GetType().Name} is no verdict on a {bound.Decision.GetType().Name}.");
        }
    }

    /// <summary>Records what became of a cleared call and ends its ticket. Never throws for the ledger: the call has happened.</summary>
    public ValueTask CloseAsync(Cleared cleared, ActionOutcome outcome) => closing.CloseAsync(cleared.Record, outcome);
}
