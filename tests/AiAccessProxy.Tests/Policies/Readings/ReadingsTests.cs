using AiAccessProxy.Actions;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Tests.Policies.Readings;

/// <summary>What a rule says of a path holds for whatever server stands behind it.</summary>
public class ReadingsTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_122;

    private static readonly string[] Patterns =
    [
        "/admin", "/admin/**", "/**/admin", "/users/*/roles", "/users/{x}", "/users/{x}/roles/admin", "/*/admin/*", "/**", "/a/**/roles", "/users/", "/", "/*/*", "/admin.json",
    ];

    private static readonly string[] Pieces =
    [
        "/", "/", "/", "/", "admin", "admin", "users", "users", "roles", "roles", "a", "joan", "Admin", "ROLES", "%2F", "%2f", "%5C", "%252F", "%255c", "%253B", ";", ";v=1", "%3B", "%25",
        "%3F", "%23", "//", ".json", ".", "%20", "%2561dmin", "%EF%BD%81dmin", "%EF%BC%8F", "%EF%BC%9B", "%EF%BC%852F", "~", "%7E", "%40", "?x=/admin", "%2e", "..", "..;", "%252e", "%5C..", "%61",
    ];

    private static readonly Ambiguity[] Kinds =
        [Ambiguity.EncodedSlash, Ambiguity.EncodedBackslash, Ambiguity.DoubleEncoding, Ambiguity.EmptySegment, Ambiguity.PathParameter];

    [Fact]
    public void No_spelling_of_a_path_gets_past_a_rule_that_denies_or_asks_on_any_server() => Drawn((rule, accept, target, server, view) =>
    {
        if (rule.Effect == Effect.Allow) return false;
        var pattern = Assert.Single(rule.Patterns).Text;
        if (!Fits(server.Segments(pattern, isPattern: true), view)) return false;
        Assert.True(Judge(rule, accept, target) != Truth.False, $"{pattern} of {target.Raw}, which is /{string.Join('/', view)} to {server}");
        return true;
    });

    [Fact]
    public void Nothing_is_allowed_that_is_another_path_to_some_server() => Drawn((rule, accept, target, server, view) =>
    {
        if (rule.Effect != Effect.Allow || Judge(rule, accept, target) != Truth.True) return false;
        var pattern = Assert.Single(rule.Patterns).Text;
        Assert.True(
            Fits(server.Segments(pattern, isPattern: true), view), $"{pattern} of {target.Raw}, which is /{string.Join('/', view)} to {server}");
        return true;
    });

    [Fact]
    public void No_server_ever_sees_a_dot_segment() => Drawn((_, _, target, server, _) =>
    {
        // A format is cut off by a server's routes, long after dots are resolved.
        var view = (server with { DropsFormat = false }).Segments(target.Raw.Split('?')[0]);
        Assert.DoesNotContain(view, segment => segment is "." or "..");
        return target.Doubts.Count > 0;
    });

    [Fact]
    public void A_variable_that_servers_read_differently_is_neither_shown_nor_left_unredacted()
    {
        var decision = Some.Decided("""
            - { id: one, effect: require_approval, summary: "{path.x}", show: [path.x], redact: [path.y], match: { paths: ["/{y}/{x}/**"] },
                approval: { need: [{ from: [group:security] }] } }
            """, Some.Action(target: "/p/a%2Fb"), "accept: [encoded-slash]").Decision;

        var requirement = Assert.IsType<Decision.RequireApproval>(decision).Requirement;
        Assert.Equal("(unreadable)", Assert.Single(requirement.Summary));
        Assert.IsType<FieldReading.Unreadable>(Assert.Single(requirement.Show).Reading);
        Assert.IsType<FieldReading.Present>(Assert.Single(decision.Redact).Reading);
    }

    [Theory]
    [InlineData("accept: [encoded-slash]", "", true)]
    [InlineData("", ", accept: [encoded-slash]", true)]
    [InlineData("", "", false)]
    [InlineData("accept: [double-encoding]", ", accept: [empty-segment]", false)]
    public void A_doubt_is_let_through_where_the_route_or_the_rule_that_allows_accepts_it(string route, string rule, bool isAllowed)
    {
        var decision = Some.Decided($$"""
            - { id: one, effect: allow, match: { paths: ["/p/{x}"] }{{rule}} }
            """, Some.Action(target: "/p/a%2Fb"), route).Decision;
        Assert.Equal(isAllowed, decision is Decision.Allow);
    }

    [Theory]
    [InlineData("deny", "", false)]
    [InlineData("require_approval", "", false)]
    [InlineData("deny", ", accept: [encoded-slash]", true)]
    public void What_the_route_accepts_frees_no_call_of_a_rule_that_denies_or_asks(string effect, string accept, bool isAllowed)
    {
        var decision = Some.Decided($$"""
            - { id: all, effect: allow, match: { paths: ["/**"] } }
            - { id: strict, effect: {{effect}}, match: { paths: ["/p/a/b"] }{{accept}} }
            """, Some.Action(target: "/p/a%2Fb"), "accept: [encoded-slash]\napproval: { need: [{ from: [group:security] }] }").Decision;
        Assert.Equal(isAllowed, decision is Decision.Allow);
    }

    [Fact]
    public void A_default_that_allows_lets_no_doubt_through_that_only_a_rule_accepts_which_does_not_apply()
    {
        const string Rules = """- { id: one, effect: allow, accept: [encoded-slash], match: { paths: ["/**"], where: [{ field: query.v, equals: 1 }] } }""";

        Assert.IsType<Decision.Allow>(Some.Decided(Rules, Some.Action(target: "/p/a%2Fb?v=1"), "default: allow").Decision);
        Assert.IsType<Decision.Deny>(Some.Decided(Rules, Some.Action(target: "/p/a%2Fb?v=x"), "default: allow").Decision);
        Assert.IsType<Decision.Deny>(Some.Decided(Rules, Some.Action(target: "/p/a%2Fb"), "default: allow").Decision);
        Assert.IsType<Decision.Allow>(Some.Decided(Rules, Some.Action(target: "/p/a%2Fb"), "default: allow\naccept: [encoded-slash]").Decision);
    }

    [Fact]
    public void A_query_that_some_server_finds_in_the_path_is_no_absent_one()
    {
        const string Rules = """
            - { id: all, effect: allow, match: { paths: ["/**"] } }
            - { id: forced, effect: deny, match: { paths: ["/**"], where: [{ field: query.force, exists: true }] } }
            """;
        Assert.IsType<Decision.Deny>(Some.Decided(Rules, Some.Action(target: "/p/a%3Fforce=true"), "accept: [double-encoding]").Decision);
    }

    private static Truth Judge(Rule rule, IReadOnlySet<Ambiguity> accept, CanonicalTarget target)
    {
        var action = new ApiAction(new("GET", target, [], Claims.None), new ActionBody.None());
        return rule.Match.Judge(new CallView(new CallFields(new(action)), rule, Some.Plan() with { Accept = accept }));
    }

    /// <summary>Rules, targets and servers; <paramref name="holds"/> says whether the case told anything.</summary>
    private void Drawn(Func<Rule, IReadOnlySet<Ambiguity>, CanonicalTarget, Server, IReadOnlyList<string>, bool> holds)
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var rules = Rules();
        var (read, told) = (0, 0);
        for (var run = 0; run < Some.Runs(8_000); run++)
        {
            var raw = "/" + string.Concat(random.GetItems(Pieces, random.Next(1, 9))).TrimStart('/');
            if (CanonicalTarget.Read(raw) is not TargetReading.Read { Target: var target }) continue;
            read++;
            for (var tries = 0; tries < 8; tries++)
            {
                var rule = rules[random.Next(rules.Count)];
                var route = random.GetItems(Kinds, random.Next(4)).ToHashSet();
                var accepted = rule.Effect == Effect.Allow ? [.. route, .. rule.Accept] : rule.Accept.ToHashSet();
                var server = Server.Any(random).Known(accepted);
                if (holds(rule, route, target, server, server.Segments(raw.Split('?')[0]))) told++;
            }
        }

        output.WriteLine($"{read} read, {told} told something");
        Assert.True(read > 2_000 && told > 400, $"{read} {told}");
    }

    private static List<Rule> Rules()
    {
        var random = new Random(Seed);
        return [.. Enumerable.Range(0, 150).Select(at => Some.Policy(
            $"- {{ id: r{at}, effect: {random.GetItems(["allow", "deny", "require_approval"], 1)[0]}, match: {{ paths: [\"{Patterns[at % Patterns.Length]}\"] }} }}",
            "approval: { need: [{ from: [group:security] }] }").Routes[0].RulesById[0])
            .Select(rule => rule with { Accept = random.GetItems(Kinds, random.Next(3)).ToHashSet() })];
    }

    private static bool Fits(IReadOnlyList<string> pattern, IReadOnlyList<string> path) => (pattern, path) switch
    {
        ([], []) => true,
        ([], _) => false,
        (["**", ..], _) => Fits([.. pattern.Skip(1)], path) || (path.Count > 0 && Fits(pattern, [.. path.Skip(1)])),
        (_, []) => false,
        (["*", ..], _) or (["{x}", ..], _) => path[0].Length > 0 && Fits([.. pattern.Skip(1)], [.. path.Skip(1)]),
        _ => pattern[0] == path[0] && Fits([.. pattern.Skip(1)], [.. path.Skip(1)]),
    };
}
