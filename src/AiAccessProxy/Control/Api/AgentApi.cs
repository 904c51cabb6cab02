using AiAccessProxy.Agents;
using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Roster;
using AiAccessProxy.Control.Api.Describing;
using AiAccessProxy.Control.Api.Shapes;
using AiAccessProxy.Control.Reading;
using AiAccessProxy.Control.SignIn;

namespace AiAccessProxy.Control.Api;

/// <summary>Agents: who they are, what they do, and stopping them.</summary>
internal sealed class AgentApi(RosterDesk desk, AgentViews views)
{
    private const string Expected = """Send {} or {"reason": "…"} and nothing else, as strict JSON.""";

    public async Task ListAsync(HttpContext context)
    {
        var agents = views.All.Where(agent => context.Text("suspended") is not { } suspended || views.IsSuspended(agent) == (suspended == "true"))
            .OrderBy(agent => agent.Id, StringComparer.Ordinal);
        if (Paging.Of(context, agents, agent => agent.Id) is not var (page, next))
        {
            await ProblemAnswer.WriteAsync(context, Paging.WrongCursor);
            return;
        }

        await views.CatchUpAsync(context.RequestAborted);
        var shown = new List<AgentJson>();
        foreach (var agent in page) shown.Add(await views.OfAsync(agent, Viewer.Of(context).Person, context.RequestAborted));
        await context.AnswerAsync(new AgentListJson(shown, next));
    }

    public Task ShowAsync(HttpContext context) => AnswerAsync(context, new RosterOutcome.Done(new(context.InPath("id")), Changed: false));

    public async Task SuspendAsync(HttpContext context)
    {
        if (await ReasonAsync(context) is var (isGood, reason) && isGood)
            await AnswerAsync(context, await desk.SuspendAsync(context.InPath("id"), context.Deciding(), reason));
    }

    public async Task ResumeAsync(HttpContext context)
    {
        if (await ReasonAsync(context) is var (isGood, reason) && isGood)
            await AnswerAsync(context, await desk.ResumeAsync(context.InPath("id"), context.Deciding(), reason));
    }

    /// <summary>The reason of a decision; false when the body is none, and then it was said.</summary>
    internal static async ValueTask<(bool IsGood, string? Reason)> ReasonAsync(HttpContext context)
    {
        var (body, problem) = await JsonBody.ReadAsync<DecisionBody>(context, Expected);
        if (body?.Reason?.Length > RosterDesk.LongestWords) problem = VoteProblems.ReasonTooLong;
        if (problem is not null) await ProblemAnswer.WriteAsync(context, problem);
        return (problem is null, string.IsNullOrWhiteSpace(body?.Reason) ? null : body.Reason.Trim());
    }

    private async Task AnswerAsync(HttpContext context, RosterOutcome outcome)
    {
        if (outcome is not RosterOutcome.Done)
            await ProblemAnswer.WriteAsync(context, RosterProblems.Of(outcome));
        else if (views.Find(context.InPath("id")) is not { } agent)
            await ProblemAnswer.WriteAsync(context, RosterProblems.NoAgent);
        else
        {
            await views.CatchUpAsync(context.RequestAborted);
            await context.AnswerAsync(await views.OfAsync(agent, Viewer.Of(context).Person, context.RequestAborted));
        }
    }
}
