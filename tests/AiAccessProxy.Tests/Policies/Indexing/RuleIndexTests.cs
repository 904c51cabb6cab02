using AiAccessProxy.Actions;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Conditions;
using AiAccessProxy.Tests.Policies.Generated;

namespace AiAccessProxy.Tests.Policies.Indexing;

/// <summary>A rule that the index leaves out is one that nobody judges: it must be false of the call in every reading.</summary>
public class RuleIndexTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_124;
    private const int CallsEach = 120;

    [Fact]
    public void Every_rule_that_judging_all_of_them_leaves_standing_is_found()
    {
        output.WriteLine($"seed {Seed}");
        var told = Enumerable.Range(0, Some.Runs(1_000)).AsParallel().Select(at =>
        {
            var draw = new DrawnPaths(new Random(Seed + at));
            var (policy, patterns, yaml) = draw.Policy();
            var index = new RuleIndex(policy.Routes[0].RulesById);
            return Enumerable.Range(0, CallsEach).Select(_ => draw.Call(patterns)).OfType<ApiAction>()
                .Select(call => Told(policy, index, call, yaml)).Aggregate(Tally.None, Tally.Sum);
        }).Aggregate(Tally.None, Tally.Sum);

        output.WriteLine($"{told}");
        Assert.True(told.Calls >= Some.Runs(100_000), $"{told}");
        Assert.True(told.Read > told.Calls / 10 && told.Standing > told.Calls && told.Unsure > told.Calls / 10, $"{told}");
        // An index that leaves nothing out would pass, too.
        Assert.True(told.Judged < told.Rules / 3 * 2, $"{told}");
    }

    [Fact]
    public void Drawn_policies_and_calls_come_out_with_it_as_without()
    {
        var draw = new Draw(new Random(Seed));
        var told = Tally.None;
        for (var at = 0; at < Some.Runs(200); at++)
        {
            var drawn = draw.Policy();
            var policy = Some.Policy(drawn.Files);
            var index = new RuleIndex(policy.Routes[0].RulesById);
            for (var calls = 0; calls < 100; calls++) told = Tally.Sum(told, Told(policy, index, draw.Call().Action, drawn.Yaml));
        }

        output.WriteLine($"{told}");
        Assert.True(told.Judged < told.Rules, $"{told}");
    }

    [Fact]
    public void Of_ten_thousand_rules_only_those_are_judged_that_a_call_may_meet()
    {
        var route = Some.Policy(string.Join('\n', Enumerable.Range(0, 10_000).Select(at =>
            $"- {{ id: r{at}, effect: allow, match: {{ methods: [{(at % 2 == 0 ? "GET" : "POST")}], paths: [\"/v1/things-{at / 2 % 100}/{{x}}/parts-{at / 200}\"] }} }}"))).Routes[0];
        var index = new RuleIndex(route.RulesById);

        Assert.Equal(["r4014"], index.For(Some.Head("GET", "/v1/things-7/5/parts-20")).Select(rule => rule.Id));
        Assert.Equal(["r4014"], index.For(Some.Head("GET", "/V1/Things-7/5/PARTS-20.json/")).Select(rule => rule.Id));
        Assert.Equal(["r4014"], index.For(Some.Head("GET", "/v1%2Fthings-7/5/parts-20")).Select(rule => rule.Id));
        Assert.Empty(index.For(Some.Head("GET", "/v1/things-7/5")));
        Assert.Empty(index.For(Some.Head("PUT", "/v1/things-7/5/parts-20")));
        Assert.Equal(50, index.For(Some.Head("POST", "/v1/things-7/5/p%C3%A4rts")).Count);
        Assert.Equal(10_000, index.For(Some.Head() with { NotKnown = new HashSet<FieldSource> { FieldSource.Path } }).Count);
    }

    [Fact]
    public void Patterns_that_are_longer_than_the_index_looks_are_judged()
    {
        var deep = string.Concat(Enumerable.Repeat("/a", 20));
        var route = Some.Policy($$"""
            - { id: one, effect: allow, match: { paths: ["{{deep}}"] } }
            - { id: two, effect: allow, match: { paths: ["{{deep}}/b"] } }
            """).Routes[0];
        Assert.Equal(["one"], route.Outcomes(new(Some.Action(target: deep))).Select(outcome => outcome.Rule.Id));
        Assert.Equal(["two"], route.Outcomes(new(Some.Action(target: deep + "/b"))).Select(outcome => outcome.Rule.Id));
    }

    private static Tally Told(PolicySnapshot policy, RuleIndex index, ApiAction action, string yaml)
    {
        var route = policy.Routes[0];
        var circumstances = route.Around(Some.Caller(), action, Some.Moment);
        var fields = new CallFields(circumstances);
        var naive = route.RulesById.Select(rule => (rule.Id, Truth: rule.Match.Judge(new CallView(fields, rule, route.Reading))))
            .Where(one => one.Truth != Truth.False).ToList();
        var found = route.Outcomes(circumstances).Select(outcome => (outcome.Rule.Id, outcome.Truth)).ToList();
        if (!naive.SequenceEqual(found))
            Assert.Fail($"{action.Head.Method} {action.Head.Target.Raw}\nall   {string.Join(' ', naive)}\nindex {string.Join(' ', found)}\n{yaml}");

        var judged = index.For(action.Head).Count;
        return new(1, action.Head.Target.Readings.Count > 0 ? 1 : 0, route.RulesById.Count, judged, naive.Count, naive.Count(one => one.Truth == Truth.Unknown));
    }

    /// <summary>Calls, those with more than one reading, the rules there were, those that were judged, stood, and stood unsure.</summary>
    private sealed record Tally(int Calls, int Read, int Rules, int Judged, int Standing, int Unsure)
    {
        public static Tally None { get; } = new(0, 0, 0, 0, 0, 0);

        public static Tally Sum(Tally one, Tally other) => new(
            one.Calls + other.Calls, one.Read + other.Read, one.Rules + other.Rules, one.Judged + other.Judged, one.Standing + other.Standing, one.Unsure + other.Unsure);
    }
}
