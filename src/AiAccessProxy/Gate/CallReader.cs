using AiAccessProxy.Actions;
using AiAccessProxy.Agents;
using AiAccessProxy.Gate.Limits;
using AiAccessProxy.Policies;
using AiAccessProxy.Telemetry;

namespace AiAccessProxy.Gate;

/// <summary>
/// Makes an identified, readable call on a known route out of a request, or answers why it is none. What is read here is read once:
/// rules, digest, reviewers and upstream all get the same.
/// </summary>
internal sealed class CallReader(AgentIdentification agents, CallRefusals refusals, GateSettings settings)
{
    private static readonly AgentKeySource[] AnySource = Enum.GetValues<AgentKeySource>();

    public async ValueTask<Admission> ReadAsync(HttpContext context, PolicySnapshot rules)
    {
        var reading = RequestHead.Read(context);
        if (reading is RequestReading.Refused(var unclear))
            return await RefuseAsync(context, EntryProblems.NoSingleMeaning(unclear), await AnybodyAsync(context, rules));

        var request = ((RequestReading.Read)reading).Head;
        if (!settings.Options.Value.AnswersTo(request.Authority))
            return await RefuseAsync(context, EntryProblems.UnknownHost, await AnybodyAsync(context, rules));
        if (rules.RouteOf(request.Authority, request.Target) is not { } match)
        {
            var unknown = rules.KnowsUnderOtherHost(request.Target) ? EntryProblems.UnknownHost : EntryProblems.UnknownRoute;
            return await RefuseAsync(context, unknown, await AnybodyAsync(context, rules));
        }

        var route = match.Route;
        ServerSpan.Name(context, route.Pattern);
        if (await IdentifyAsync(context, rules, route.Reading.AgentKeys) is not { } caller)
            return await RefuseAsync(context, EntryProblems.UnknownAgent, null);
        switch (await CallPlace.EnterAsync(context, caller.Agent.Id))
        {
            case PlaceEntry.Refused(var tooMany): return await RefuseAsync(context, tooMany, null);
            case PlaceEntry.Waited: return new Admission.Waited();
        }

        if (rules.Agents.SuspensionOf(caller.Agent.Id) is { } suspension)
            return await RefuseAsync(context, EntryProblems.AgentSuspended(suspension), caller);

        var at = settings.Time.GetUtcNow();
        return request.ForRoute(match.Target, route.Reading) switch
        {
            HeadReading.Read(var head, _) when route.Unaccepted(route.Around(caller, new(head, RequestBody.Unread(request)), at)) is { } doubt =>
                await RefuseAsync(context, EntryProblems.NoSingleMeaning(doubt), caller, (route.Id, request.Method, route.Prefix)),
            HeadReading.Read(var head, var preference) when !request.HasBody || !route.NeedsBody(caller, head, at) =>
                new Admission.Call(route, caller, new(head, RequestBody.Unread(request)), at) { Preference = preference },
            HeadReading.Read(var head, var preference) =>
                await WithWholeBodyAsync(
                    context, request, new(route, caller, new(head, RequestBody.Unread(request)), at) { Preference = preference }, rules),
            HeadReading.Refused(var why) =>
                await RefuseAsync(context, EntryProblems.NoSingleMeaning(why), caller, (route.Id, request.Method, route.Prefix)),
            _ => throw new InvalidOperationException("A head is read or refused."),
        };
    }

    private async ValueTask<Admission> WithWholeBodyAsync(HttpContext context, RequestHead request, Admission.Call call, PolicySnapshot rules)
    {
        var gone = context.RequestAborted;
        var head = call.Action.Head;
        return await RequestBody.ReadWholeAsync(context, request, head, call.Route.Reading, gone) switch
        {
            BodyReading.Read(var body) when call.Route.Unaccepted(call.Route.Around(call.Caller, new(head, body), call.At)) is { } doubt =>
                await RefuseAsync(context, EntryProblems.NoSingleMeaning(doubt), call.Caller, Recorded(call, rules)),
            BodyReading.Read(var body) => call with { Action = new(head, body) },
            BodyReading.TooLarge(var limit) =>
                await RefuseAsync(context, EntryProblems.BodyTooLarge(limit), call.Caller, Recorded(call, rules)),
            BodyReading.NoRoom(var shortage) =>
                await RefuseAsync(context, LimitProblems.NoRoom(shortage, CallPlace.LimitsOf(context)), null),
            BodyReading.TooSlow =>
                await RefuseAsync(context, LimitProblems.TooSlow(CallPlace.LimitsOf(context).MinRate), call.Caller, Recorded(call, rules)),
            BodyReading.Refused(var why) =>
                await RefuseAsync(context, EntryProblems.NoSingleMeaning(why), call.Caller, Recorded(call, rules)),
            BodyReading.ClientGone => new Admission.Answered(),
            _ => throw new InvalidOperationException("A body is read, too large, too slow, refused, or its sender is gone."),
        };
    }

    private async ValueTask<Admission> RefuseAsync(
        HttpContext context, Problem problem, Caller? caller, (string Route, string Method, string Target)? call = null)
    {
        await ProblemWriter.WriteAsync(context, await refusals.RecordAsync(problem, caller, call, context.RequestAborted));
        return new Admission.Answered();
    }

    /// <summary>Before the route is known: any key that is one, so that a known agent's refusal is on record under its name.</summary>
    private ValueTask<Caller?> AnybodyAsync(HttpContext context, PolicySnapshot rules) => IdentifyAsync(context, rules, AnySource);

    private ValueTask<Caller?> IdentifyAsync(HttpContext context, PolicySnapshot rules, IReadOnlyList<AgentKeySource> sources) =>
        agents.IdentifyAsync(context.Request.Headers, sources, rules.Agents, context.RequestAborted);

    private static (string Route, string Method, string Target) Recorded(Admission.Call call, PolicySnapshot rules) =>
        (call.Route.Id, call.Action.Head.Method, CallRefusals.PathOf(rules.Decide(call.Route, call.Caller, call.Action, call.At)));
}
