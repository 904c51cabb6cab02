using AiAccessProxy.Approvals;
using AiAccessProxy.Control.Api.Describing;
using AiAccessProxy.Control.Api.Shapes;
using AiAccessProxy.Control.Pages;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Api;

/// <summary>The same as the console, as JSON, for a person with a personal key.</summary>
internal sealed class TicketApi(ApprovalDesk desk, PolicyStore policies, TicketListing listing)
{
    private const string Expected = """Send {"vote": "approve" or "deny", "reason": "…"} and nothing else, as strict JSON.""";

    public async Task ListAsync(HttpContext context)
    {
        if (await listing.PageAsync(context) is not var (page, next))
        {
            await ProblemAnswer.WriteAsync(context, Paging.WrongCursor);
            return;
        }

        var (viewer, rules) = (Viewer.Of(context), policies.Current);
        await context.AnswerAsync(new TicketListJson([.. page.Select(ticket => TicketJson.Of(ticket, viewer, rules, isWhole: false))], next));
    }

    public async Task ShowAsync(HttpContext context)
    {
        if (TicketName.Of(context) is { } id && await desk.ReadAsync(id, context.RequestAborted) is { } standing)
            await AnswerAsync(context, standing);
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

        var id = TicketName.Of(context)!.Value;
        // Whoever heard no answer and sends the same again has it counted already, and is told so.
        var standing = await desk.ReadAsync(id, context.RequestAborted);
        if (standing is not null
            && standing.Ticket.Votes.Any(vote => vote.Person == viewer.Person.Id && vote.Approve == (body.Vote == "approve") && vote.Reason == reason))
        {
            await AnswerAsync(context, standing);
            return;
        }

        var ballot = new Ballot(viewer.Person, body.Vote == "approve", reason, "api", viewer.Authenticated) { AtRevision = Revision(context) };
        var outcome = standing is null
            ? await desk.VoteAsync(id, ballot, context.RequestAborted)
            : await desk.VoteAsync(standing, ballot, context.RequestAborted);
        if (outcome is VoteOutcome.Counted counted)
            await AnswerAsync(context, new(counted.Ticket, counted.Revision));
        else
            await ProblemAnswer.WriteAsync(context, VoteProblems.Of(outcome));
    }

    private static long? Revision(HttpContext context) =>
        context.Header("If-Match") is { } tag ? long.Parse(tag.Trim('"'), System.Globalization.CultureInfo.InvariantCulture) : null;

    private Task AnswerAsync(HttpContext context, Standing standing)
    {
        context.Response.Headers.ETag = $"\"{standing.Revision}\"";
        return context.AnswerAsync(TicketJson.Of(standing.Ticket, Viewer.Of(context), policies.Current, isWhole: true) with { Revision = standing.Revision });
    }
}
