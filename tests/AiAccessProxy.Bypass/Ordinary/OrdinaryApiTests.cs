using System.Globalization;
using AiAccessProxy.Actions;
using AiAccessProxy.Bypass.Harness;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Trials;

namespace AiAccessProxy.Bypass.Ordinary;

/// <summary>A proxy that refuses ordinary calls is switched off. What is refused here is what an ordinary client of a well-known API would not get through.</summary>
public class OrdinaryApiTests
{
    /// <summary>Of a thousand calls.</summary>
    private const double Tolerated = 1;

    private const string Rules = """
        - id: any
          match: { paths: ["/**"] }
          effect: allow

        """;

    /// <summary>With a rule that may match until the body has been read.</summary>
    private const string Inspecting = Rules + """
        - id: never
          match: { where: [{ field: body.no-such-field-anywhere, equals: x }] }
          effect: allow

        """;

    private static readonly string[] Inspectable = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"];

    [Fact]
    public void There_are_enough_calls_of_many_APIs_by_many_clients()
    {
        Assert.InRange(OrdinaryCalls.All.Count, 2000, int.MaxValue);
        Assert.InRange(OrdinaryCalls.All.Select(call => (call.Spelling.Method, call.Spelling.Target)).Distinct().Count(), 2000, int.MaxValue);
        Assert.InRange(OrdinaryCalls.All.Select(call => call.Api).Distinct().Count(), 40, int.MaxValue);
        Assert.InRange(OrdinaryCalls.All.Select(call => call.Client).Distinct().Count(), 10, int.MaxValue);
    }

    [Fact]
    public void The_table_has_every_API_once() => Assert.Equal(
        OrdinaryCalls.All.Select(call => call.Api).Distinct().Order(StringComparer.Ordinal),
        ApiSettings.Documented.Select(setting => setting.Api).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Under_the_documented_settings_at_most_one_call_in_a_thousand_is_refused() =>
        Holds(await RefusedAsync(OrdinaryCalls.All, setting => Rulebook.Of(Rules, setting.Yaml)), OrdinaryCalls.All.Count);

    [Fact]
    public async Task Nor_where_a_rule_looks_into_bodies()
    {
        var calls = OrdinaryCalls.All.Where(call => call.Spelling.Body is not null && Inspectable.Contains(MediaTypeOf(call))).ToList();

        Assert.InRange(calls.Count, 400, int.MaxValue);
        Holds(await RefusedAsync(calls, setting => Rulebook.Of(Inspecting, setting.Yaml)), calls.Count);
    }

    [Fact]
    public async Task Every_documented_opt_in_is_needed_by_a_call_of_that_API()
    {
        var needless = new List<string>();
        foreach (var setting in ApiSettings.Documented)
        {
            var calls = OrdinaryCalls.All.Where(call => call.Api == setting.Api).ToList();
            foreach (var optIn in setting.Accept)
            {
                var without = setting with { Accept = [.. setting.Accept.Where(other => other != optIn)] };
                if ((await RefusedAsync(calls, _ => Rulebook.Of(Inspecting, without.Yaml), optIn)).Count == 0) needless.Add($"{setting.Api}: {optIn}");
            }
        }

        Assert.Empty(needless);
    }

    [Fact]
    public async Task Without_any_opt_in_few_calls_are_refused()
    {
        var refused = await RefusedAsync(OrdinaryCalls.All, _ => Rulebook.Of(Rules));
        TestContext.Current.TestOutputHelper?.WriteLine(Report(refused, OrdinaryCalls.All.Count));
        Assert.InRange(refused.Count, 1, OrdinaryCalls.All.Count / 5);
    }

    private static void Holds(IReadOnlyList<(OrdinaryCall Call, string Why)> refused, int of)
    {
        var report = Report(refused, of);
        TestContext.Current.TestOutputHelper?.WriteLine(report);
        Assert.True(refused.Count * 1000.0 / of <= Tolerated, report);
    }

    private static async Task<List<(OrdinaryCall Call, string Why)>> RefusedAsync(
        IReadOnlyList<OrdinaryCall> calls, Func<ApiSettings, PolicySnapshot> policy, string? only = null)
    {
        var refused = new List<(OrdinaryCall, string)>();
        foreach (var api in calls.GroupBy(call => call.Api))
        {
            var gate = new DryGate(policy(ApiSettings.Documented.FirstOrDefault(setting => setting.Api == api.Key) ?? new(api.Key, [], "")));
            foreach (var call in api)
            {
                var why = await gate.ReadAsync(call.Spelling) switch
                {
                    TrialOutcome.Refused one => one.Doubt is { } doubt ? OptIns.NameOf(doubt) : one.Detail,
                    TrialOutcome.Decided { Bound.Action.Action.Body: ActionBody.Whole { Facts: BodyFacts.Unreadable(var unreadable) } } => unreadable,
                    TrialOutcome.Decided { Bound.Decision: Decision.Allow } => null,
                    TrialOutcome.Decided one => one.Bound.Decision.GetType().Name,
                    _ => throw new InvalidOperationException("A call is refused or decided."),
                };
                if (why is not null && (only is null || only == why)) refused.Add((call, why));
            }
        }

        return refused;
    }

    private static string MediaTypeOf(OrdinaryCall call) => call.Spelling.Headers
        .Where(header => header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
        .Select(header => header.Value.Split(';')[0].Trim().ToLowerInvariant())
        .FirstOrDefault("");

    private static string Report(IReadOnlyList<(OrdinaryCall Call, string Why)> refused, int of) => string.Create(
        CultureInfo.InvariantCulture,
        $"{refused.Count} of {of} refused ({refused.Count * 100.0 / of:0.00} %)\n{string.Join('\n', refused.Select(one => $"{one.Why}: {one.Call}"))}");
}
