using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Conditions;
using AiAccessProxy.Policies.Explaining;
using AiAccessProxy.Policies.Trials;
using AiAccessProxy.Tests.Policies.Generated;

namespace AiAccessProxy.Tests.Policies.Trials;

public class RecordedCallTests
{
    private const int Seed = 20_261_124;

    private static readonly RecordedCall Call = new("billing-bot", null, "api", "POST", "/v1/users/joan?force=true", 10);

    [Theory]
    [InlineData("body.amount, lte: 10", "Unknown", "body.amount cannot be read: it is not known of this call")]
    [InlineData("body.amount, exists: false", "Unknown", "body.amount cannot be read: it is not known of this call")]
    [InlineData("header.x-env, equals: prod", "Unknown", "header.x-env cannot be read: it is not known of this call")]
    [InlineData("header.x-env, exists: false", "Unknown", "header.x-env cannot be read: it is not known of this call")]
    [InlineData("query.force, equals: true", "True", "query.force is \"true\", equal to true")]
    [InlineData("path.user, equals: joan", "True", "path.user is \"joan\", equal to \"joan\"")]
    public void What_a_record_does_not_hold_is_unknown(string where, string truth, string because)
    {
        var told = Explained(where, Call);
        Assert.Equal(["headers", "body"], told.NotKnown);
        var condition = told.Rules.Single().Conditions[^1];
        Assert.Equal((truth, because), (condition.Outcome.ToString(), condition.Because));
    }

    [Fact]
    public void A_call_without_a_body_is_known_to_have_none()
    {
        var told = Explained("body.amount, exists: false", Call with { BodyBytes = 0 });
        Assert.Equal(["headers"], told.NotKnown);
        Assert.Equal((Truth.True, "body.amount is absent"), (told.Rules.Single().Outcome, told.Rules.Single().Conditions[^1].Because));
    }

    [Theory]
    [InlineData("query.force, equals: true")]
    [InlineData("path.user, equals: joan")]
    public void Of_a_target_in_which_something_is_redacted_nothing_is_known(string where)
    {
        var told = Explained(where, Call with { Target = "/v1/users/[redacted path.user, 4 bytes, sha256 ab]?force=true" });
        Assert.Equal(["headers", "body", "path", "query"], told.NotKnown);
        Assert.Equal(
            [(Truth.Unknown, "the path is not known of this call"), (Truth.Unknown, where.Split(',')[0] + " cannot be read: it is not known of this call")],
            told.Rules.Single().Conditions.Select(one => (one.Outcome, one.Because)));
    }

    [Fact]
    public void A_route_and_an_agent_that_are_no_more_are_said_to_be_so()
    {
        var agent = Explained("query.force, equals: true", Call with { Agent = "gone" });
        var route = Explained("query.force, equals: true", Call with { Route = "gone" });
        Assert.Equal(("refused", "unknown-agent", "No agent has the id gone."), (agent.Outcome, agent.Refusal, agent.Reason));
        Assert.Equal(("refused", "unknown-route", "No route has the id gone."), (route.Outcome, route.Refusal, route.Reason));
    }

    [Fact]
    public void What_is_told_of_a_record_is_what_is_told_of_the_whole_call_or_unknown()
    {
        var draw = new Draw(new Random(Seed));
        var (settled, unknown) = (0, 0);
        for (var at = 0; at < Some.Runs(150); at++)
        {
            var rules = Some.Policy(draw.Policy().Files);
            for (var calls = 0; calls < 10; calls++)
            {
                var call = draw.Call();
                var bound = rules.Decide(rules.Routes[0], new(rules.Agents.Find(call.Agent)!, call.OnBehalfOf, "key:k1"), call.Action, call.At);
                var whole = new TrialOutcome.Decided(rules.Routes[0], bound).Explain(rules).Rules;
                var told = (new RecordedCall(call.Agent, call.OnBehalfOf, "api", call.Method, call.Head.Target.Raw, call.IsStreamed ? null : call.Body?.Length ?? 0) { At = call.At })
                    .Explain(rules).Rules;
                foreach (var (one, other) in whole.Zip(told))
                {
                    if (other.Outcome == Truth.Unknown) unknown++;
                    else if (one.Outcome == other.Outcome) settled++;
                    else Assert.Fail($"seed {Seed}: {one.Id} is {one.Outcome} and was told to be {other.Outcome} of {call}");
                }
            }
        }

        Assert.True(settled > 500 && unknown > 300, $"{settled} settled, {unknown} unknown");
    }

    private static Explanation Explained(string where, RecordedCall call) =>
        call.Explain(Some.Policy($"- {{ id: a, effect: deny, match: {{ paths: [\"/v1/users/{{user}}\"], where: [{{ field: {where} }}] }} }}"));
}
