using AiAccessProxy.Actions;
using AiAccessProxy.Agents;
using AiAccessProxy.Approvals;
using AiAccessProxy.Ledger;
using AiAccessProxy.Telemetry;

namespace AiAccessProxy.Tests.Architecture;

/// <summary>Makes use of types in all the ways that a signature does not show; nobody calls it.</summary>
internal static class UsesSample
{
    public static object Body(object something)
    {
        try
        {
            Signals.OwnMeter().Dispose();
            return something is ApiAction ? new List<TicketId>() : AgentDirectory.Empty;
        }
        catch (LedgerUnavailableException)
        {
            return something;
        }
    }
}
