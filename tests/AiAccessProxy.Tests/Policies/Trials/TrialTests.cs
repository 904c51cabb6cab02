using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Trials;

namespace AiAccessProxy.Tests.Policies.Trials;

public class TrialTests
{
    private const string Everything = "- { id: all, effect: allow, match: { paths: [\"/**\"] } }";

    private const string Characters = "aA1/.%2F;:?=&{}[]\"\\ \r\n\0\tå\ud800\u202e,-_+#@$*";

    private static readonly TrialCall Call = new() { Agent = "billing-bot", Method = "GET", Path = "/v1/charges", Route = "api" };

    [Fact]
    public async Task A_call_of_an_agent_that_is_not_there_is_refused() => Assert.Equal(
        new TrialOutcome.Refused("unknown-agent", "No agent has the id nobody."), await RunAsync(Some.Policy(Everything), Call with { Agent = "nobody" }));

    [Fact]
    public async Task A_call_to_a_route_that_is_not_there_is_refused() => Assert.Equal(
        new TrialOutcome.Refused("unknown-route", "No route has the id other."), await RunAsync(Some.Policy(Everything), Call with { Route = "other" }));

    [Fact]
    public async Task A_call_that_another_route_takes_is_said_to_be()
    {
        var rules = Some.Policy(("api.yaml", Some.RouteYaml(Everything)), ("deep.yaml", Some.RouteYaml(Everything, route: "deep", prefix: "/api/v1")));
        Assert.Equal(
            new TrialOutcome.Refused("unknown-route", "The call reaches route deep, whose prefix or hosts come first, and not api."), await RunAsync(rules, Call));
    }

    [Fact]
    public async Task Without_a_route_the_path_is_whole_and_finds_its_own()
    {
        var rules = Some.Policy(Everything);
        Assert.Equal("allow all", GateDouble.Of(Assert.IsType<TrialOutcome.Decided>(await RunAsync(rules, Call with { Route = null, Path = "/api/v1" })).Bound));
        Assert.Equal("unknown-route", Assert.IsType<TrialOutcome.Refused>(await RunAsync(rules, Call with { Route = null })).Kind);
    }

    [Fact]
    public async Task A_route_at_the_root_takes_paths_as_they_are()
    {
        var decided = Assert.IsType<TrialOutcome.Decided>(await RunAsync(Some.Policy(("api.yaml", Some.RouteYaml(Everything, prefix: "/"))), Call));
        Assert.Equal("/v1/charges", decided.Bound.Action.Action.Head.Target.Raw);
    }

    [Fact]
    public async Task What_has_no_single_meaning_is_named()
    {
        var refused = Assert.IsType<TrialOutcome.Refused>(await RunAsync(Some.Policy(Everything), Call with { Path = "/v1/../x" }));
        Assert.Equal(("no-single-meaning", Ambiguity.DotSegment), (refused.Kind, refused.Doubt));
    }

    [Fact]
    public async Task The_body_and_the_person_acted_for_are_part_of_the_call()
    {
        var rules = Some.Policy("- { id: small, effect: allow, match: { where: [{ field: body.amount, lte: 10 }] } }");
        var call = Call with { Method = "POST", OnBehalfOf = "joan", Body = Encoding.UTF8.GetBytes("""{"amount":10}"""), ContentType = "application/json" };
        var decided = Assert.IsType<TrialOutcome.Decided>(await RunAsync(rules, call));
        Assert.IsType<Decision.Allow>(decided.Bound.Decision);
        Assert.Equal("joan", decided.Bound.Action.Caller.OnBehalfOf);
    }

    [Fact]
    public async Task Whatever_somebody_describes_is_decided_or_refused_and_never_breaks_anything()
    {
        const int Seed = 20_261_125;
        var random = new Random(Seed);
        var rules = Some.Policy("- { id: all, effect: allow, match: { paths: [\"/{a}/**\"], where: [{ field: body.a, equals: b }, { field: query.q, exists: false }, { field: header.h, equals: x }] } }");
        var (decided, refused) = (0, 0);
        for (var run = 0; run < Some.Runs(2_000); run++)
        {
            var call = Call with
            {
                Method = random.Next(3) == 0 ? Odd(random) : "POST",
                Path = "/" + (random.Next(3) == 0 ? Odd(random) : "v1"),
                Route = random.Next(4) == 0 ? null : "api",
                Host = random.Next(4) == 0 ? Odd(random) : null,
                Headers = random.Next(3) == 0 ? [new(Odd(random), Odd(random))] : [],
                Body = random.Next(2) == 0 ? Encoding.UTF8.GetBytes(Odd(random)) : null,
                ContentType = random.Next(2) == 0 ? Odd(random) : "application/json",
            };
            try
            {
                if (await RunAsync(rules, call) is TrialOutcome.Decided) decided++;
                else refused++;
            }
            catch (Exception thrown)
            {
                Assert.Fail($"seed {Seed}, run {run}: {call} {string.Join(';', call.Headers)}\n{thrown}");
            }
        }

        Assert.True(decided > 100 && refused > 100, $"{decided} decided, {refused} refused");
    }

    private static string Odd(Random random) => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => Characters[random.Next(Characters.Length)]));

    private static ValueTask<TrialOutcome> RunAsync(PolicySnapshot rules, TrialCall call) => Trial.RunAsync(rules, call, TestContext.Current.CancellationToken);
}
