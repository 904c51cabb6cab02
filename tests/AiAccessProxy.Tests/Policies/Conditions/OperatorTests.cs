using System.Reflection;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Tests.Policies.Conditions;

/// <summary>Every operator in every situation, in every place of the logic, under every effect.</summary>
public class OperatorTests
{
    /// <summary>Where a condition stands, and what its truth comes to there.</summary>
    private static readonly (string Match, Func<Truth, Truth> Comes)[] Places =
    [
        ("where: [{0}]", truth => truth),
        ("not: {{ where: [{0}] }}", Opposite),
        ("not: {{ not: {{ where: [{0}] }} }}", truth => truth),
        ("where: [{0}, {{ field: query.missing, exists: false }}]", truth => truth),
        ("where: [{0}, {{ field: query.missing, exists: true }}]", _ => Truth.False),
        ("any: [{{ where: [{0}] }}, {{ methods: [PUT] }}]", truth => truth),
        ("any: [{{ where: [{0}] }}, {{ methods: [POST] }}]", _ => Truth.True),
        ("all: [{{ where: [{0}] }}, {{ methods: [POST] }}]", truth => truth),
        ("all: [{{ where: [{0}] }}, {{ methods: [PUT] }}]", _ => Truth.False),
        ("not: {{ any: [{{ where: [{0}] }}, {{ methods: [PUT] }}] }}", Opposite),
        ("not: {{ all: [{{ where: [{0}] }}, {{ methods: [POST] }}] }}", Opposite),
        ("any: [{{ not: {{ where: [{0}] }} }}, {{ all: [{{ methods: [PUT] }}] }}]", Opposite),
    ];

    private static readonly Effect[] Effects = Enum.GetValues<Effect>();

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, OperatorRows.All.Count)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_row_holds_in_every_place_and_under_every_effect(int number)
    {
        var row = OperatorRows.All[number];
        var policy = Some.Policy([.. Places.SelectMany((place, at) => Effects.Select(effect => File(row, place.Match, $"{effect}{at}", effect)))]);
        var action = Call.Of(row.Call);

        foreach (var (place, at) in Places.Select((place, at) => (place, at)))
        {
            foreach (var effect in Effects)
            {
                var truth = place.Comes(row.Truth);
                var matches = truth == Truth.True || (truth == Truth.Unknown && effect != Effect.Allow);
                var decision = policy.Decide(policy.Routes.Single(route => route.Id == $"{effect}{at}"), Some.Caller(), action, Some.Moment).Decision;

                Assert.True(matches == (decision.Rules.Count == 1), $"{row}; in {place.Match} of {effect}: {decision}");
                Assert.Equal(matches ? effect : Effect.Deny, EffectOf(decision));
                Assert.All(decision.Rules, rule => Assert.Equal(truth == Truth.Unknown, rule.Unknown));
                Assert.All(decision.Rules, rule => Assert.NotEmpty(rule.Because));
            }
        }
    }

    [Fact]
    public void Every_operator_has_a_row_for_every_situation()
    {
        var operators = typeof(Operator).GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).Where(type => type.IsSubclassOf(typeof(Operator))).ToList();
        Assert.True(operators.Count >= 13);
        var missing =
            from type in operators
            from situation in Enum.GetValues<Situation>()
            where !OperatorRows.All.Any(row => row.Operator == type && row.Situation == situation)
            select $"{type.Name} has no row for {situation}";
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_operator_has_a_row_for_every_source()
    {
        var missing =
            from type in typeof(Operator).GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).Where(type => type.IsSubclassOf(typeof(Operator)))
            from source in Call.Sources
            where !OperatorRows.All.Any(row => row.Operator == type && row.Situation == Situation.Present && row.Call.StartsWith($"{source}:", StringComparison.Ordinal))
            select $"{type.Name} has no row for {source}";
        Assert.Empty(missing);
        // A source that is new to the language is new to the table.
        Assert.Equal(
            Enum.GetNames<AiAccessProxy.Actions.FieldSource>().Select(name => name.ToLowerInvariant()).Order(),
            Call.Sources.Where(source => !source.EndsWith("json", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void A_row_says_which_operator_it_is_written_as()
    {
        foreach (var row in OperatorRows.All)
        {
            var policy = Some.Policy([File(row, Places[0].Match, "one", Effect.Deny)]);
            Assert.Equal(row.Operator, Assert.Single(policy.Routes[0].RulesById[0].Match.Fields).Operator.GetType());
        }
    }

    private static (string, string) File(OperatorRow row, string match, string route, Effect effect)
    {
        var where = $"{{ field: {Call.Field(row.Call)}, {row.Written} }}";
        var more = effect == Effect.RequireApproval ? "\napproval: { need: [{ from: [group:security] }] }" : "";
        var word = effect == Effect.RequireApproval ? "require_approval" : effect.ToString().ToLowerInvariant();
        return ($"{route}.yaml", Some.RouteYaml(
            $"- {{ id: one, effect: {word}, match: {{ paths: [\"/x/{{v}}\"], {string.Format(null, match, where)} }} }}", more, route));
    }

    private static Truth Opposite(Truth truth) => truth switch
    {
        Truth.True => Truth.False,
        Truth.False => Truth.True,
        _ => Truth.Unknown,
    };

    private static Effect EffectOf(Decision decision) => decision switch
    {
        Decision.Allow => Effect.Allow,
        Decision.Deny => Effect.Deny,
        _ => Effect.RequireApproval,
    };
}
