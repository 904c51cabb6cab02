using AiAccessProxy.Agents;
using AiAccessProxy.People;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Gate;

/// <summary>
/// Keeps people's credentials off the agent plane, also beside an agent's key. They prove nobody here, and a call would carry them on to an
/// upstream: a page of that upstream, opened in a reviewer's browser under the proxy's host, could get hold of the session in which they decide.
/// </summary>
internal sealed class PeopleOutside(PolicyStore policies, CallRefusals refusals, TimeProvider time)
{
    public async Task PassAsync(HttpContext context, RequestDelegate inside)
    {
        if (IsPersons(context.Request.Headers))
            await ProblemWriter.WriteAsync(context, await refusals.RecordAsync(EntryProblems.PersonsCredential, null, null, context.RequestAborted));
        else await inside(context);
    }

    private bool IsPersons(IHeaderDictionary headers)
    {
        foreach (var cookies in headers.Cookie)
            if (PersonCookies.AreIn(cookies)) return true;
        var now = time.GetUtcNow();
        return AgentKeys.AllIn(headers).Any(key => policies.Current.People.Identify(key, now) is not null);
    }
}
