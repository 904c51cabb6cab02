using AiAccessProxy.Ledger;

namespace AiAccessProxy.Approvals;

/// <summary>Whether a call may be sent now.</summary>
internal abstract record Clearance
{
    private Clearance()
    {
    }

    public sealed record Go(Cleared Cleared) : Clearance;

    public sealed record No(Refused Refused) : Clearance;
}
