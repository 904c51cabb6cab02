using AiAccessProxy.Ledger;

namespace AiAccessProxy.Approvals;

/// <summary>A ticket's next state with the records that say so: one commit.</summary>
/// <param name="NotAfter">By the store's clock: from then on the edge is no longer there.</param>
internal sealed record Edge(Ticket Next, IReadOnlyList<LedgerRecord> Records, DateTimeOffset? NotAfter = null)
{
    /// <summary>What else has to stand as it was when the edge was found.</summary>
    public IReadOnlyList<Check> Checks { get; init; } = [];
}
