using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Explaining;
using AiAccessProxy.Policies.Trials;

namespace AiAccessProxy.Control.Api;

/// <summary>What the policies in force would say of a call that somebody describes. It is not recorded as a decision, and nothing is sent.</summary>
internal sealed class PolicyApi(PolicyStore policies, TimeProvider time)
{
    private const string Expected =
        """Send {"agent": "…", "method": "POST", "path": "/…"} as strict JSON, if need be with on_behalf_of, route, query, headers, host, time, """ +
        "and one of body, form, raw_body.";

    public async Task DecideAsync(HttpContext context)
    {
        var (described, problem) = await JsonBody.ReadAsync<CallDescription>(context, Expected);
        var wrong = "";
        if (described?.ToCall(out wrong) is not { } call)
        {
            await ProblemAnswer.WriteAsync(context, problem ?? ControlProblem.BadRequest(wrong));
            return;
        }

        var rules = policies.Current;
        var outcome = await Trial.RunAsync(rules, call with { Time = call.Time ?? time.GetUtcNow() }, context.RequestAborted);
        await context.Response.WriteAsJsonAsync(outcome.Explain(rules), ApiJson.Options, context.RequestAborted);
    }
}
