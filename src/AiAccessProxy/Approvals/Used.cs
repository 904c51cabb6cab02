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

    /// <summary>It is not sent. <paramref name="As"/> is the call as the rules in force now see it.</summary>
    public sealed record No(Refused Refused, Bound As) : Used;
}
