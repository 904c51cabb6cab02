using AiAccessProxy.Approvals.Roster;
using AiAccessProxy.Control.Api;
using AiAccessProxy.Control.Api.Describing;
using AiAccessProxy.Control.Api.Shapes;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Pages.Parties;

/// <summary>The pages of agents and people, and the forms that stop an agent or let it go on.</summary>
internal sealed class PartyEndpoints(AgentViews views, RosterDesk desk, PolicyStore policies, TimeProvider time)
{
    /// <summary>An agent's page is one click away; a list of more is of no use to anybody.</summary>
    private const int MostAgents = 500;

    private static ControlProblem ReasonRequired { get; } = new(
        400, "reason-required", "Say why", "The agent's owner, and the next person who reads the record, will want to know. Nothing was done.");

    public Task PeopleAsync(HttpContext context) =>
        PageAnswer.WriteAsync(context, 200, PeoplePage.Of(Viewer.Of(context), policies.Current, time.GetUtcNow()));

    public async Task AgentsAsync(HttpContext context)
    {
        await views.CatchUpAsync(context.RequestAborted);
        var (viewer, agents) = (Viewer.Of(context), new List<AgentJson>());
        foreach (var agent in views.All.OrderBy(agent => !views.IsSuspended(agent)).ThenBy(agent => agent.Id, StringComparer.Ordinal).Take(MostAgents))
            agents.Add(await views.OfAsync(agent, viewer.Person, context.RequestAborted));
        await PageAnswer.WriteAsync(context, 200, AgentsPage.Of(viewer, agents, policies.Current.People, time.GetUtcNow()));
    }

    public Task AgentAsync(HttpContext context) => ShowAsync(context, null);

    public Task SuspendAsync(HttpContext context) => DecideAsync(context, desk.SuspendAsync);

    public Task ResumeAsync(HttpContext context) => DecideAsync(context, desk.ResumeAsync);

    private async Task DecideAsync(HttpContext context, Func<string, Deciding, string?, ValueTask<RosterOutcome>> decide)
    {
        var (viewer, id, reason) = (Viewer.Of(context), context.InPath("id"), ReasonOf(context));
        var problem = reason.Length switch
        {
            0 => ReasonRequired,
            > RosterDesk.LongestWords => VoteProblems.ReasonTooLong,
            _ => await decide(id, new(viewer.Person, "console", viewer.Authenticated), reason) is var outcome && outcome is RosterOutcome.Done
                ? null
                : RosterProblems.Of(outcome),
        };
        if (problem is not null)
        {
            await ShowAsync(context, problem);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = $"/agents/{id}";
    }

    /// <summary>Browsers send the line breaks of a text area as CR LF (HTML, 4.10.21.4), and count them as one in maxlength.</summary>
    private static string ReasonOf(HttpContext context) => context.Request.Form["reason"].ToString().ReplaceLineEndings("\n").Trim();

    private async Task ShowAsync(HttpContext context, ControlProblem? notice)
    {
        if (views.Find(context.InPath("id")) is not { } agent)
        {
            await ProblemAnswer.WriteAsync(context, RosterProblems.NoAgent);
            return;
        }

        await views.CatchUpAsync(context.RequestAborted);
        var viewer = Viewer.Of(context);
        await PageAnswer.WriteAsync(context, notice?.Status ?? 200, AgentPage.Of(
            new(await views.OfAsync(agent, viewer.Person, context.RequestAborted), viewer, policies.Current, time.GetUtcNow())
            {
                Notice = notice,
                Typed = notice is null ? null : ReasonOf(context),
            }));
    }
}
