using AiAccessProxy.Gate.Limits;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Gate.Limits;

public class RateCounterTests
{
    private static readonly Rated Route = new("route api", new(3, TimeSpan.FromSeconds(10)));
    private static readonly Rated Rule = new("rule one of route api", new(1, TimeSpan.FromSeconds(4)));

    private readonly ManualTime _time = new();

    private RateCounter Counter => field ??= new(_time);

    [Fact]
    public void No_span_of_a_limits_length_has_more_calls_than_it_says()
    {
        var random = new Random(20_261_121);
        var taken = new List<TimeSpan>();
        var now = TimeSpan.Zero;
        for (var run = 0; run < Some.Runs(2_000); run++)
        {
            var step = TimeSpan.FromMilliseconds(random.Next(4_000));
            _time.Advance(step);
            now += step;
            var fits = taken.Count(at => now - at < Route.Limit.Within) < Route.Limit.Calls;
            var met = Counter.Take("a", [Route]);
            Assert.Equal(fits, met is null);
            if (met is null) taken.Add(now);
            else Assert.Equal(taken[^Route.Limit.Calls] + Route.Limit.Within - now, met.Value.Wait);
        }

        Assert.InRange(taken.Count, 100, Some.Runs(2_000) - 100);
    }

    [Fact]
    public void A_call_counts_in_all_of_its_limits_or_in_none()
    {
        Assert.Null(Counter.Take("a", [Route, Rule]));
        Assert.Equal(Rule, Counter.Take("a", [Route, Rule])!.Value.Rate);
        Assert.Equal(Rule, Counter.Take("a", [Route, Rule])!.Value.Rate);
        Assert.Null(Counter.Take("a", [Route]));
        Assert.Null(Counter.Take("a", [Route]));
        Assert.Equal(Route, Counter.Take("a", [Route])!.Value.Rate);
        _time.Advance(TimeSpan.FromSeconds(4));
        // The longest wait is told: after it the call fits everywhere.
        Assert.Equal((Route, TimeSpan.FromSeconds(6)), Counter.Take("a", [Rule, Route]));
    }

    [Fact]
    public void Each_agent_has_its_own()
    {
        Assert.Null(Counter.Take("a", [Rule]));
        Assert.Null(Counter.Take("b", [Rule]));
        Assert.NotNull(Counter.Take("a", [Rule]));
    }

    [Fact]
    public void A_limit_that_changes_begins_anew()
    {
        Assert.Null(Counter.Take("a", [Rule]));
        Assert.Null(Counter.Take("a", [Rule with { Limit = new(2, Rule.Limit.Within) }]));
    }

    [Fact]
    public void The_answer_names_the_limit_and_when_to_repeat()
    {
        var problem = LimitProblems.TooOften(Rule, TimeSpan.FromMilliseconds(3_200));
        Assert.Equal((429, "too-many", TimeSpan.FromSeconds(4)), (problem.Status, problem.Kind, problem.RetryAfter));
        Assert.Equal("You may make 1 such calls within 4 seconds (rule one of route api). This call was not executed. Repeat it in 4 seconds.", problem.Detail);
    }

    [Fact]
    public void Rates_of_the_route_of_all_routes_and_of_the_rules_that_decide_apply_together()
    {
        var policy = Some.Policy(
            ("api.yaml", Some.RouteYaml("""
                - { id: reads, effect: allow, rate: { calls: 7, within: 1s }, match: { methods: [GET] } }
                - { id: slow, effect: allow, rate: { calls: 2, within: 1h }, match: { paths: ["/slow"] } }
                - { id: never, effect: deny, match: { paths: ["/never"] } }
                """, "rate: { calls: 100, within: 1m }")),
            ("global.yaml", "version: 1\nrate: { calls: 1000, within: 1d }\n"));

        Assert.Equal("route api 100, all routes 1000, rule reads of route api 7", Of("/x"));
        Assert.Equal("route api 100, all routes 1000, rule reads of route api 7, rule slow of route api 2", Of("/slow"));
        Assert.Equal("", Of("/never"));

        string Of(string target) => string.Join(", ", Some.Decided(policy, Some.Action(target: target)).Decision.Rates.Select(rate => $"{rate.Of} {rate.Limit.Calls}"));
    }
}
