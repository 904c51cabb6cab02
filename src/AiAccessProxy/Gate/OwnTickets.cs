using System.Globalization;
using AiAccessProxy.Actions;
using AiAccessProxy.Agents;
using AiAccessProxy.Approvals;
using AiAccessProxy.Gate.Limits;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;
using AiAccessProxy.Telemetry;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Gate;

/// <summary>
/// What an agent may ask about its own tickets: <c>GET /.ai-access/tickets/{id}?wait=n</c> (long poll in seconds; 202 while pending) and
/// <c>POST …/cancel</c>. Nothing here decides anything. A suspended agent may look, so that it learns what became of its calls, and do nothing else.
/// </summary>
internal sealed class OwnTickets(
    PolicyStore policies, AgentIdentification agents, ApprovalDesk desk, CallRefusals refusals, GateSettings settings)
{
    public const string Prefix = "/.ai-access";

    private static readonly AgentKeySource[] AnySource = Enum.GetValues<AgentKeySource>();

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await AnswerAsync(context);
        }
        catch (LedgerUnavailableException)
        {
            await ProblemWriter.WriteAsync(context, EntryProblems.NotRecordable);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The agent stopped asking.
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var caller = await agents.IdentifyAsync(context.Request.Headers, AnySource, policies.Current.Agents, context.RequestAborted);
        if (caller is null)
        {
            await RefuseAsync(context, EntryProblems.UnknownAgent, null);
            return;
        }

        // As strictly as a call: what is read here in one way and by a server before this one in another must not be an agent's wish.
        var reading = RequestHead.Read(context);
        if (reading is RequestReading.Refused(var unclear))
        {
            await RefuseAsync(context, EntryProblems.NoSingleMeaning(unclear), caller);
            return;
        }

        var head = ((RequestReading.Read)reading).Head;
        if (!settings.Options.Value.AnswersTo(head.Authority))
        {
            await RefuseAsync(context, EntryProblems.UnknownHost, caller);
            return;
        }

        switch (await CallPlace.EnterAsync(context, caller.Agent.Id))
        {
            case PlaceEntry.Refused(var tooMany):
                await RefuseAsync(context, tooMany, null);
                return;
            case PlaceEntry.Waited:
                // Meanwhile its key may have been taken away.
                await AnswerAsync(context);
                return;
        }

        if (!HttpMethods.IsGet(context.Request.Method) && policies.Current.Agents.SuspensionOf(caller.Agent.Id) is { } suspension)
        {
            await RefuseAsync(context, EntryProblems.AgentSuspended(suspension), caller);
            return;
        }

        var gone = context.RequestAborted;
        switch (head.Target.Raw.Split('?', 2)[0].Split('/'))
        {
            case ["", ".ai-access", "tickets", var id] when !HttpMethods.IsGet(context.Request.Method):
            case ["", ".ai-access", "tickets", var other, "cancel"] when !HttpMethods.IsPost(context.Request.Method):
                await RefuseAsync(context, EntryProblems.NotOwnMethod, caller);
                break;
            case ["", ".ai-access", "tickets", var id]:
                ServerSpan.Name(context, $"{Prefix}/tickets/{{id}}");
                await ShowAsync(context, caller, await OwnAsync(new TicketId(id), caller, WaitOf(context), gone));
                break;
            case ["", ".ai-access", "tickets", var id, "cancel"]:
                ServerSpan.Name(context, $"{Prefix}/tickets/{{id}}/cancel");
                await ShowAsync(context, caller, await desk.CancelAsync(new TicketId(id), caller.Agent.Id, gone));
                break;
            default:
                await RefuseAsync(context, EntryProblems.UnknownTicket, caller);
                break;
        }
    }

    /// <summary>Whose ticket it is comes first, so that waiting for somebody else's tells nothing.</summary>
    private async ValueTask<Ticket?> OwnAsync(TicketId id, Caller caller, TimeSpan wait, CancellationToken gone)
    {
        var ticket = await desk.FindAsync(id, gone);
        return ticket?.Agent.Id != caller.Agent.Id ? null
            : ticket.Status == TicketStatus.Pending && wait > TimeSpan.Zero ? await desk.WaitAsync(id, wait, gone)
            : ticket;
    }

    private async Task ShowAsync(HttpContext context, Caller caller, Ticket? ticket)
    {
        if (ticket is null)
        {
            await RefuseAsync(context, EntryProblems.UnknownTicket, caller);
            return;
        }

        var task = TicketTask.Of(ticket, settings.Plane);
        if (ticket.Status == TicketStatus.Pending)
            await ProblemWriter.WriteAcceptedAsync(context, task, TimeSpan.FromSeconds(5));
        else
            await ProblemWriter.WriteTaskAsync(context, task);
    }

    private async Task RefuseAsync(HttpContext context, Problem problem, Caller? caller) =>
        await ProblemWriter.WriteAsync(context, await refusals.RecordAsync(problem, caller, null, context.RequestAborted));

    private TimeSpan WaitOf(HttpContext context) =>
        int.TryParse(context.Request.Query["wait"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(Math.Min(seconds, settings.Options.Value.MaxHold.TotalSeconds))
            : TimeSpan.Zero;
}
