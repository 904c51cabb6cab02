using System.Collections.Frozen;
using AiAccessProxy.Actions;
using AiAccessProxy.Agents;

namespace AiAccessProxy.Policies.Trials;

/// <summary>
/// A call that is only told of, as a ledger's record tells: who, where and when, with the target less what was redacted. It holds no headers
/// and no body, so conditions on those are unknown.
/// </summary>
/// <param name="Target">After the route's prefix; what was redacted stands there as <c>[redacted …]</c>.</param>
/// <param name="BodyBytes">0 for none; null when its length was not told in advance.</param>
internal sealed record RecordedCall(string Agent, string? OnBehalfOf, string Route, string Method, string Target, long? BodyBytes)
{
    public DateTimeOffset? At { get; init; }

    /// <summary>What was decided then.</summary>
    public RecordedDecision? Recorded { get; init; }

    /// <summary>What a policy says of it, and which parts that had to do without; a refusal when it knows no such route or agent.</summary>
    public (TrialOutcome Outcome, IReadOnlyList<string> NotKnown) Decide(PolicySnapshot rules)
    {
        if (rules.Routes.FirstOrDefault(route => route.Id == Route) is not { } route)
            return (new TrialOutcome.Refused("unknown-route", $"No route has the id {Route}."), []);
        if (rules.Agents.Find(Agent) is not { } agent) return (new TrialOutcome.Refused("unknown-agent", $"No agent has the id {Agent}."), []);

        var isTargetWhole = !Target.Contains("[redacted ", StringComparison.Ordinal);
        if (CanonicalTarget.Read(isTargetWhole ? Target : "/") is not TargetReading.Read(var target))
            return (new TrialOutcome.Refused("no-single-meaning", "The recorded target cannot be read."), []);

        FieldSource[] ofTarget = [FieldSource.Path, FieldSource.Query];
        var gaps = Enum.GetValues<FieldSource>().Where(source => ofTarget.Contains(source) ? !isTargetWhole : source == FieldSource.Header || BodyBytes != 0);
        var head = new ActionHead(Method, target, [], Claims.None) { NotKnown = gaps.ToFrozenSet(), Doubts = target.Doubts };
        ActionBody body = BodyBytes == 0 ? new ActionBody.None() : new ActionBody.Streamed(BodyBytes);
        var notKnown = new List<string> { "headers" };
        if (BodyBytes != 0) notKnown.Add("body");
        if (!isTargetWhole) notKnown.AddRange(["path", "query"]);
        return (new TrialOutcome.Decided(route, rules.Decide(route, new(agent, OnBehalfOf, Trial.Authenticated), new(head, body), At)), notKnown);
    }
}
