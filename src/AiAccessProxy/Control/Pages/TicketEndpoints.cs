using AiAccessProxy.Approvals;
using AiAccessProxy.Control.Reading;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Control.Stories;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Pages;

/// <summary>The console's pages of tickets, and the votes that are sent from them.</summary>
internal sealed class TicketEndpoints(ApprovalDesk desk, LedgerReading reading, PolicyStore policies, TimeProvider time)
{
    public async Task InboxAsync(HttpContext context)
    {
        var live = new List<Ticket>();
        await foreach (var ticket in desk.LiveAsync(context.RequestAborted)) live.Add(ticket);
        await PageAnswer.WriteAsync(context, 200, InboxPage.Of(
            Viewer.Of(context), live, policies.Current, time.GetUtcNow(), InboxFilter.Of(context.Request.Query)));
    }

    public async Task HistoryAsync(HttpContext context)
    {
        await reading.CatchUpAsync(context.RequestAborted);
        await PageAnswer.WriteAsync(context, 200, HistoryPage.Of(Viewer.Of(context), reading.Stories.Ended, policies.Current.People, time.GetUtcNow()));
    }

    public async Task TicketAsync(HttpContext context)
    {
        if (await FindAsync(context) is { } ticket) await ShowAsync(context, 200, ticket, null);
        else await ProblemAnswer.WriteAsync(context, ControlProblem.NoTicket);
    }

    public async Task VoteAsync(HttpContext context)
    {
        if (await FindAsync(context) is not { } ticket)
        {
            await ProblemAnswer.WriteAsync(context, ControlProblem.NoTicket);
            return;
        }

        var ballot = BallotForm.Of(context.Request.Form, ticket, Viewer.Of(context));
        if (ballot is BallotForm.Incomplete(var problem))
        {
            await ShowAsync(context, problem.Status, ticket, problem);
            return;
        }

        switch (await desk.VoteAsync(ticket.Id, ((BallotForm.Complete)ballot).Ballot, context.RequestAborted))
        {
            case VoteOutcome.Counted:
                context.Response.StatusCode = StatusCodes.Status303SeeOther;
                context.Response.Headers.Location = $"/tickets/{ticket.Id.Value}";
                break;
            case var refused:
                var why = VoteProblems.Of(refused);
                await ShowAsync(context, why.Status, await FindAsync(context) ?? ticket, why);
                break;
        }
    }

    private async ValueTask<Ticket?> FindAsync(HttpContext context) =>
        TicketName.Of(context) is { } id ? await desk.FindAsync(id, context.RequestAborted) : null;

    private async Task ShowAsync(HttpContext context, int status, Ticket ticket, ControlProblem? notice)
    {
        var view = new TicketView(ticket, Viewer.Of(context), policies.Current, time.GetUtcNow())
        {
            Story = await StoryOfAsync(ticket.Id, context.RequestAborted),
            Notice = notice,
            Typed = notice is null ? null : context.Request.Form["reason"].ToString(),
        };
        await PageAnswer.WriteAsync(context, status, TicketPage.Of(view));
    }

    /// <summary>A ticket can be read, and denied, while the ledger's past cannot.</summary>
    private async ValueTask<Story?> StoryOfAsync(TicketId id, CancellationToken cancellationToken)
    {
        try
        {
            await reading.CatchUpAsync(cancellationToken);
        }
        catch (LedgerUnavailableException)
        {
            return null;
        }

        return reading.Stories.Find(id.Value);
    }
}
