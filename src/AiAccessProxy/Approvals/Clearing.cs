using AiAccessProxy.Actions;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals;

/// <summary>The last gate before the wire: what cannot be recorded does not happen.</summary>
internal sealed class Clearing
{
    /// <summary>
    /// Records the decision; for an approved call also takes its ticket to executing, in one commit. Of the waiters of a ticket it clears one
    /// and refuses the others with what became of the call.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">It could not be recorded, so it must not happen.</exception>
    public ValueTask<Clearance> ClearAsync(Bound bound, Verdict verdict, CancellationToken clientGone) => throw new NotImplementedException();

    /// <summary>Records what became of a cleared call and ends its ticket.</summary>
    public ValueTask CloseAsync(Cleared cleared, ActionOutcome outcome) => throw new NotImplementedException();
}
