using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals;

/// <summary>What came of a turn.</summary>
internal abstract record Used
{
    private Used()
    {
    }

    /// <summary>The ticket is executing, and this call is the one that is sent.</summary>
    public sealed record Taken(Cleared Cleared) : Used;

    /// <summary>
    /// The ledger gave no answer, so it is not sent; the ticket may be executing all the same, or be so in a moment. <paramref name="Record"/> is the
    /// record that says so then.
    /// </summary>
    public sealed record InDoubt(LedgerRecord Record, LedgerUnavailableException Why) : Used;

    /// <summary>It is not sent. <paramref name="As"/> is the call as the rules in force now see it.</summary>
    public sealed record No(Refused Refused, Bound As) : Used;
}
