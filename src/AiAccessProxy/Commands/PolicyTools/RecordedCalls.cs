using System.Runtime.CompilerServices;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;
using AiAccessProxy.Policies.Trials;

namespace AiAccessProxy.Commands.PolicyTools;

/// <summary>The calls that a ledger tells of.</summary>
internal static class RecordedCalls
{
    /// <summary>What <paramref name="id"/> tells of a call; null when there is no such record, or it is of no call.</summary>
    /// <exception cref="LedgerRefusedException">There is no ledger, or it is damaged.</exception>
    public static async ValueTask<(LedgerRecord Record, RecordedCall Call)?> FindAsync(string folder, string id, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var wanted)) return null;
        await foreach (var entry in LedgerReader.ReadAsync(folder, new LedgerQuery(), cancellationToken))
            if (entry.Record.Id == wanted && Of(entry.Record) is { } call)
                return (entry.Record, call);
        return null;
    }

    /// <summary>Every decision on a call, and every ticket that was opened for one, oldest first.</summary>
    public static async IAsyncEnumerable<(LedgerRecord Record, RecordedCall Call)> AllAsync(
        string folder, LedgerQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in LedgerReader.ReadAsync(folder, query, cancellationToken))
            if (entry.Record.Kind is RecordKind.Decided or RecordKind.TicketOpened && Of(entry.Record) is { } call)
                yield return (entry.Record, call);
    }

    private static RecordedCall? Of(LedgerRecord record) => record is { Agent: { } agent, Action: { } action }
        ? new(agent.Id, agent.OnBehalfOf, action.Route, action.Method, action.Target, action.BodyBytes)
        {
            At = record.Time,
            Recorded = new(record.Kind, record.Decision, record.Rules ?? []) { Observed = record.Observed ?? [], Policy = record.Policy },
        }
        : null;
}
