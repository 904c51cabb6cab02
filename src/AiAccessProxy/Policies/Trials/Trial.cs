using System.Globalization;
using AiAccessProxy.Actions;
using AiAccessProxy.Agents;

namespace AiAccessProxy.Policies.Trials;

/// <summary>
/// Puts a described call through what every call goes through, up to its decision: nothing is recorded and nothing is sent. Only who calls is
/// taken from the description, since nobody has the agents' keys.
/// </summary>
internal static class Trial
{
    /// <summary>How callers of trials are said to be authenticated; no key has such an id.</summary>
    public const string Authenticated = "trial";

    public static async ValueTask<TrialOutcome> RunAsync(PolicySnapshot rules, TrialCall call, CancellationToken cancellationToken)
    {
        if (rules.Agents.Find(call.Agent) is not { } agent) return new TrialOutcome.Refused("unknown-agent", $"No agent has the id {call.Agent}.");
        var meant = call.Route is null ? null : rules.Routes.FirstOrDefault(route => route.Id == call.Route);
        if (call.Route is not null && meant is null) return new TrialOutcome.Refused("unknown-route", $"No route has the id {call.Route}.");

        // No server hands such a field over, and no collection of headers takes it.
        if (call.Headers.Any(field => field.Name.Length == 0)) return Unclear(new(Ambiguity.HeaderText, "A header has no name."));
        var context = TrialRequest.Of(call, meant);
        var reading = RequestHead.Read(context);
        if (reading is RequestReading.Refused(var unclear)) return Unclear(unclear);

        var request = ((RequestReading.Read)reading).Head;
        if (rules.RouteOf(request.Authority, request.Target) is not { } match) return new TrialOutcome.Refused("unknown-route", "No route begins like this path.");
        if (meant is not null && match.Route != meant)
            return new TrialOutcome.Refused("unknown-route", $"The call reaches route {match.Route.Id}, whose prefix or hosts come first, and not {meant.Id}.");

        var caller = new Caller(agent, call.OnBehalfOf, Authenticated);
        return request.ForRoute(match.Target, match.Route.Reading) switch
        {
            HeadReading.Read(var head, _) => await DecideAsync(rules, new(match.Route, caller, context, request) { At = call.Time }, head, cancellationToken),
            HeadReading.Refused(var why) => Unclear(why),
            _ => throw new InvalidOperationException("A head is read or refused."),
        };
    }

    private static async ValueTask<TrialOutcome> DecideAsync(PolicySnapshot rules, Coming coming, ActionHead head, CancellationToken cancellationToken)
    {
        var (route, caller, context, request) = coming;
        var at = coming.At;
        var action = new ApiAction(head, RequestBody.Unread(request));
        if (route.Unaccepted(route.Around(caller, action, at)) is { } early) return Unclear(early);
        if (request.HasBody && route.NeedsBody(caller, head, at))
        {
            switch (await RequestBody.ReadWholeAsync(context, request, head, route.Reading, cancellationToken))
            {
                case BodyReading.Read(var body):
                    action = new(head, body);
                    break;
                case BodyReading.TooLarge(var limit):
                    return new TrialOutcome.Refused("body-too-large", string.Create(CultureInfo.InvariantCulture, $"The body is larger than {limit} bytes."));
                case BodyReading.Refused(var why):
                    return Unclear(why);
                default:
                    throw new OperationCanceledException(cancellationToken);
            }
        }

        if (route.Unaccepted(route.Around(caller, action, at)) is { } doubt) return Unclear(doubt);
        var bound = rules.Decide(route, caller, action, at);
        return bound.NotInspected is { } unreadable ? new TrialOutcome.Refused("unreadable-body", unreadable) : new TrialOutcome.Decided(route, bound);
    }

    private static TrialOutcome.Refused Unclear(Unclear unclear) => new("no-single-meaning", unclear.Detail, unclear.Kind);

    private sealed record Coming(Route Route, Caller Caller, HttpContext Context, RequestHead Request)
    {
        public DateTimeOffset? At { get; init; }
    }
}
