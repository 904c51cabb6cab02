using AiAccessProxy.Actions;
using AiAccessProxy.Agents;
using AiAccessProxy.Approvals;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Gate;

/// <summary>
/// Puts refusals that come before any decision on record: one record each for a known agent, counted by kind and minute for everybody
/// else, so that strangers cannot fill the ledger.
/// </summary>
internal sealed class CallRefusals(ILedger ledger, RefusalCounter counter, Records records)
{
    /// <summary>
    /// The path as it may stand on record: less what the rules redact, and without its query, since a call that was not read to its end may
    /// carry secrets there that no rule was asked about.
    /// </summary>
    public static string PathOf(Bound bound) => Redacting.Target(bound.Action, bound.Decision.Redact).Split('?', 2)[0];

    public async ValueTask<Problem> RecordAsync(
        Problem problem, Caller? caller, (string Route, string Method, string Target)? call, CancellationToken cancellationToken)
    {
        if (caller is null)
        {
            counter.Count(problem.Kind);
            return problem;
        }

        var record = records.New(RecordKind.Refused) with
        {
            Agent = new(caller.Agent.Id, caller.Agent.Owner, caller.OnBehalfOf, caller.AuthenticatedBy),
            Action = call is { } known ? new() { Route = known.Route, Method = known.Method, Target = known.Target } : null,
            Detail = $"{problem.Kind}: {problem.Detail}",
        };
        await ledger.AppendAsync(record, cancellationToken);
        return problem with { Record = record.Id };
    }
}
