using AiAccessProxy.Actions;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Policies.Generated;

/// <summary>Properties over drawn policies and calls. A failure prints its seed, policy and call.</summary>
public class AgreementTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_121;
    private const int CallsEach = 100;
    private const int MostPolicies = 10_000;

    /// <summary>What has to come about often, so that agreement on it means something.</summary>
    private static readonly string[] Parts =
        ["named thing.", "(absent)", "(redacted)", "(unclear)", "(unreadable)", "risk none", "risk critical", "controls C", "rates route", "rates rule", "notify teams:", "form.f"];

    [Fact]
    public void A_hundred_thousand_drawn_policies_and_calls_come_out_as_a_naive_evaluator_says()
    {
        output.WriteLine($"seed {Seed}");
        var draw = new Draw(new Random(Seed));
        var calls = Enumerable.Range(0, 5_000).Select(_ => draw.Call()).Select(call => (call, call.Action)).ToList();
        var policies = Enumerable.Range(0, Math.Min(Some.Runs(1_000), MostPolicies)).Select(_ => draw.Policy()).ToList();
        var kinds = policies.AsParallel().SelectMany((policy, at) =>
        {
            var snapshot = Some.Policy(policy.Files);
            return calls.Skip(at % 50 * CallsEach).Take(CallsEach).SelectMany(one => Kinds(Agreed(policy, snapshot, one.call, one.Action))).CountBy(kind => kind).ToList();
        }).AsEnumerable().GroupBy(kind => kind.Key, (kind, counts) => (Kind: kind, Count: counts.Sum(one => one.Value))).ToDictionary(one => one.Kind, one => one.Count);

        var pairs = policies.Count * CallsEach;
        output.WriteLine($"{pairs} pairs: {string.Join(", ", kinds.Select(kind => $"{kind.Key} {kind.Value}"))}");
        Assert.True(pairs >= 100_000);
        // Agreement on one answer alone would show little.
        Assert.All(["allow", "deny", "ask", "deny unsure", "ask unsure", .. Parts], kind => Assert.True(kinds.GetValueOrDefault(kind) > pairs / 200, kind));
    }

    [Fact]
    public void The_order_of_rules_changes_nothing_of_a_decision()
    {
        var random = new Random(Seed);
        foreach (var (policy, snapshot, drawn) in Drawn(Some.Runs(100), 20))
        {
            var (rules, calls) = (policy.Rules.ToArray(), drawn.ToList());
            random.Shuffle(rules);
            var shuffled = policy with { Rules = rules };
            // Those of the route's file, and those of global.yaml.
            foreach (var other in new[] { Some.Policy(shuffled.Files), Some.Policy(shuffled.FilesWithGlobal) })
                foreach (var call in calls)
                    Assert.Equal(Everything(Decided(snapshot, call)), Everything(Decided(other, call)));
        }
    }

    [Fact]
    public void A_rule_in_the_global_file_is_as_one_in_the_route()
    {
        foreach (var (policy, snapshot, calls) in Drawn(Some.Runs(100), 20))
        {
            var shared = Some.Policy(policy.FilesWithGlobal);
            foreach (var call in calls)
                Assert.Equal(Everything(Decided(snapshot, call)), Everything(Decided(shared, call)));
        }
    }

    [Fact]
    public void A_rule_that_is_only_observed_changes_nothing_but_what_is_hidden()
    {
        var draw = new Draw(new Random(Seed));
        foreach (var (policy, snapshot, calls) in Drawn(Some.Runs(100), 20))
        {
            var observed = Some.Policy((policy with { Rules = [.. policy.Rules, draw.Rule("watched", policy.Rules.Count % 2 == 0 ? "allow" : "require_approval") with { IsObserved = true, Redact = [] }] }).Files);
            foreach (var call in calls)
            {
                var (before, after) = (Everything(Decided(snapshot, call)), Everything(Decided(observed, call)));
                Assert.Equal(before, after.Replace(",watched?", "", StringComparison.Ordinal).Replace(",watched", "", StringComparison.Ordinal).Replace("watched?", "", StringComparison.Ordinal).Replace("watched", "", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void One_more_rule_that_denies_or_asks_never_makes_a_call_freer()
    {
        var draw = new Draw(new Random(Seed));
        foreach (var (policy, snapshot, drawn) in Drawn(Some.Runs(200), 20))
        {
            var calls = drawn.ToList();
            var stricter = policy with { Rules = [.. policy.Rules, draw.Rule("extra", Strict(policy))] };
            // Where nothing matches, the default speaks; a rule that asks may well be milder than to be denied by it.
            var both = new[] { Some.Policy(stricter.Files), Some.Policy(stricter.FilesWithGlobal) };
            foreach (var (changed, call) in both.SelectMany(changed => calls.Select(call => (changed, call))))
            {
                var (before, after) = (Decided(snapshot, call).Decision, Decided(changed, call).Decision);
                if (before is Decision.Deny { ByDefault: true }) Assert.IsNotType<Decision.Allow>(after);
                else if (Freedom(after) > Freedom(before)) Assert.Fail($"seed {Seed}\n{before}\n{after}\n{call}\n{stricter.Yaml}");
            }
        }
    }

    [Fact]
    public void A_body_that_need_not_be_read_cannot_change_the_decision()
    {
        var (needed, spared) = (0, 0);
        foreach (var (policy, snapshot, calls) in Drawn(Some.Runs(300), 30))
        {
            var route = snapshot.Routes[0];
            foreach (var call in calls)
            {
                if (route.NeedsBody(call.Caller, call.Head, call.At))
                {
                    needed++;
                    continue;
                }

                spared++;
                var whole = Decided(snapshot, call);
                var streamed = Decided(snapshot, call, new ApiAction(call.Head, new ActionBody.Streamed(null)));
                Assert.Equal(Effective(whole), Effective(streamed));
                if (streamed.Decision is Decision.RequireApproval) Assert.Fail($"seed {Seed}\n{call}\n{policy.Yaml}");
            }
        }

        Assert.True(needed > 1_000 && spared > 1_000);
    }

    private static Bound Decided(PolicySnapshot policy, DrawnCall call, ApiAction? action = null) =>
        Some.Decided(policy, action ?? call.Action, call.Caller, call.At);

    private static string Agreed(DrawnPolicy policy, PolicySnapshot snapshot, DrawnCall call, ApiAction action)
    {
        var (told, expected) = (Told.Of(Decided(snapshot, call, action)), NaiveEvaluator.Decide(policy, call));
        if (told != expected) Assert.Fail($"seed {Seed}\nproduct {told}\nnaive   {expected}\n{call}\n{policy.Yaml}");
        return told;
    }

    private static IEnumerable<string> Kinds(string told) =>
        Parts.Where(part => told.Contains(part, StringComparison.Ordinal)).Prepend(told.Split(' ')[0] + (told.Contains('?') ? " unsure" : ""));

    private static IEnumerable<(DrawnPolicy Policy, PolicySnapshot Snapshot, IEnumerable<DrawnCall> Calls)> Drawn(int policies, int calls)
    {
        var draw = new Draw(new Random(Seed));
        for (var at = 0; at < policies; at++)
        {
            var policy = draw.Policy();
            yield return (policy, Some.Policy(policy.Files), Enumerable.Range(0, calls).Select(_ => draw.Call()));
        }
    }

    private static string Strict(DrawnPolicy policy) => policy.Rules.Count % 2 == 0 ? "deny" : "require_approval";

    private static int Freedom(Decision decision) => decision switch
    {
        Decision.Allow => 2,
        Decision.RequireApproval => 1,
        _ => 0,
    };

    private static string Effective(Bound bound) => $"{bound.Decision.GetType().Name} {bound.Action.Credential}";

    private static string Everything(Bound bound) =>
        $"{Told.Of(bound)} {string.Join(';', bound.Decision.Rules.SelectMany(rule => rule.Because))} {(bound.Decision as Decision.Deny)?.Reason} "
        + (bound.Decision as Decision.RequireApproval)?.Requirement.Fingerprint;
}
