using AiAccessProxy.Approvals;
using AiAccessProxy.Control.Pages;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Api;

/// <summary>The same as the console, as JSON, for a person with a personal key.</summary>
internal sealed class TicketApi(ApprovalDesk desk, PolicyStore policies)
{
    private const string Expected = """Send {"vote": "approve" or "deny", "reason": "…"} and nothing else, as strict JSON.""";

    public static Task WhoAmIAsync(HttpContext context)
    {
        var viewer = Viewer.Of(context);
        return AnswerAsync(context, new { viewer.Person.Id, viewer.Person.Name, viewer.Authenticated });
    }

    public async Task ListAsync(HttpContext context)
    {
        var (viewer, rules) = (Viewer.Of(context), policies.Current);
        var tickets = new List<TicketJson>();
        await foreach (var ticket in desk.LiveAsync(context.RequestAborted)) tickets.Add(TicketJson.Of(ticket, viewer, rules, isWhole: false));
        await AnswerAsync(context, new { Tickets = tickets });
    }

    public async Task ShowAsync(HttpContext context)
    {
        if (TicketName.Of(context) is { } id && await desk.FindAsync(id, context.RequestAborted) is { } ticket)
            await AnswerAsync(context, TicketJson.Of(ticket, Viewer.Of(context), policies.Current, isWhole: true));
        else
            await ProblemAnswer.WriteAsync(context, ControlProblem.NoTicket);
    }

    public async Task VoteAsync(HttpContext context)
    {
        var viewer = Viewer.Of(context);
        var (body, problem) = await JsonBody.ReadAsync<VoteBody>(context, Expected);
        if (body is null)
        {
            await ProblemAnswer.WriteAsync(context, problem!);
            return;
        }

        var reason = string.IsNullOrWhiteSpace(body.Reason) ? null : body.Reason.Trim();
        problem = body.Vote switch
        {
            not ("approve" or "deny") => VoteProblems.NoVote,
            "deny" when reason is null => VoteProblems.ReasonRequired,
            _ when reason?.Length > DecisionPanel.MaxReason => VoteProblems.ReasonTooLong,
            _ when TicketName.Of(context) is null => ControlProblem.NoTicket,
            _ => null,
        };
        if (problem is not null)
        {
            await ProblemAnswer.WriteAsync(context, problem);
            return;
        }

        var ballot = new Ballot(viewer.Person, body.Vote == "approve", reason, "api", viewer.Authenticated);
        switch (await desk.VoteAsync(TicketName.Of(context)!.Value, ballot, context.RequestAborted))
        {
            case VoteOutcome.Counted(var ticket):
                await AnswerAsync(context, TicketJson.Of(ticket, viewer, policies.Current, isWhole: true));
                break;
            case var refused:
                await ProblemAnswer.WriteAsync(context, VoteProblems.Of(refused));
                break;
        }
    }

    private static Task AnswerAsync<T>(HttpContext context, T body) =>
        context.Response.WriteAsJsonAsync(body, ApiJson.Options, context.RequestAborted);
}
