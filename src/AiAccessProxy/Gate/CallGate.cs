using System.Diagnostics;
using AiAccessProxy.Actions;
using AiAccessProxy.Approvals;
using AiAccessProxy.Forwarding;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Gate;

/// <summary>The whole way of a call through the product, in one method.</summary>
internal sealed class CallGate(
    PolicyStore policies, CallReader reader, ApprovalDesk desk, Clearing clearing, UpstreamForwarder forwarder, GateAnswers answers)
{
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await PassAsync(context);
        }
        catch (LedgerUnavailableException unavailable)
        {
            answers.Log.NotRecordable(unavailable);
            await ProblemWriter.WriteAsync(context, EntryProblems.NotRecordable);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The agent left while it was held. Its ticket lives on, and nothing was sent.
        }
        catch (Exception broken)
        {
            answers.Log.Broken(broken);
            await ProblemWriter.WriteAsync(context, EntryProblems.Internal);
        }
    }

    // 1 snapshot   one set of rules reads the whole call
    // 2 read       canonical target, route, agent, body: or no single meaning, and out
    // 3 decide     pure, by the rules in force when all of it is there
    // 4 consent    at once, unless a person has to be asked
    // 5 clear      what cannot be recorded does not happen; only the ledger makes a Cleared
    // 6 send       once; from here on the agent's leaving stops nothing that is privileged
    // 7 close      what became of it is on record before a failure is told
    private async Task PassAsync(HttpContext context)
    {
        var (rules, admission) = await ReadAsync(context);
        if (admission is not Admission.Call call)
            return;

        if (Decide(rules, call) is not { } bound)
        {
            var gone = policies.Current.Agents.Again(call.Caller, answers.Now) is null ? EntryProblems.UnknownAgent : EntryProblems.RouteMoved;
            await answers.RefuseAsync(context, gone, rules.Decide(call.Route, call.Caller, call.Action, call.At));
            return;
        }

        CallTrace.Decided(bound);
        if ((Suspended(call) ?? Inspection.Failed(bound) ?? answers.TooOften(bound)) is { } problem)
        {
            await answers.RefuseAsync(context, problem, bound);
            return;
        }

        var hold = answers.HoldFor(call);
        var verdict = await desk.ConsentAsync(bound, hold, context.RequestAborted);
        switch (await clearing.ClearAsync(bound, verdict, context.RequestAborted))
        {
            case Clearance.Go(var cleared):
                CallTrace.Cleared(cleared.Record);
                var outcome = await SendAsync(cleared, bound.Action, context);
                await clearing.CloseAsync(cleared, outcome);
                await GateAnswers.AfterSendingAsync(context, cleared, outcome);
                break;
            case Clearance.No(var refused):
                await answers.RefusedAsync(context, refused, hold);
                break;
        }
    }

    /// <summary>Once more when it waited for its place: then it has one, and whether its agent and its route are still there is asked anew.</summary>
    private async ValueTask<(PolicySnapshot Rules, Admission Admission)> ReadAsync(HttpContext context)
    {
        var rules = policies.Current;
        var admission = await reader.ReadAsync(context, rules);
        if (admission is not Admission.Waited) return (rules, admission);
        rules = policies.Current;
        return (rules, await reader.ReadAsync(context, rules));
    }

    /// <summary>
    /// A body comes as slowly as its agent likes. What is in force once it is there decides, so that nobody can keep old rules, or a key that
    /// was taken away, for an hour by sending byte by byte; nor by a token whose issuer is slow to show its keys, beside the key that proves it.
    /// Null: the caller is no more, or it is no call of the route any more.
    /// </summary>
    private Bound? Decide(PolicySnapshot rules, Admission.Call call)
    {
        var now = policies.Current;
        if (ReferenceEquals(now, rules) && call.Action.Body is not ActionBody.Whole) return rules.Decide(call.Route, call.Caller, call.Action, call.At);
        if (call.Action.Body is not ActionBody.Streamed) return Redeciding.Of(call.Caller, call.Route.Id, call.Action, now, answers.Now);
        // Whether its body has to be read was said by the rules of before, so those decide; who sent it is asked again.
        return now.Agents.Again(call.Caller, answers.Now) is null ? null : rules.Decide(call.Route, call.Caller, call.Action, call.At);
    }

    /// <summary>Asked again, for the same reason.</summary>
    private Problem? Suspended(Admission.Call call) =>
        policies.Current.Agents.SuspensionOf(call.Caller.Agent.Id) is { } suspension ? EntryProblems.AgentSuspended(suspension) : null;

    /// <summary>Whatever goes wrong after clearance ends in an outcome: bytes may have gone, and the ledger has to say so.</summary>
    private async Task<ActionOutcome> SendAsync(Cleared cleared, BoundAction action, HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            return await forwarder.SendAsync(cleared, action, context);
        }
        catch (Exception broken)
        {
            answers.Log.Broken(broken);
            return new ActionOutcome.Unknown($"the proxy failed while sending ({broken.GetType().Name})", Stopwatch.GetElapsedTime(started));
        }
    }
}
