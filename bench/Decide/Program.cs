// What a decision costs by the number of rules on its route. The sizes take turns, so that a machine that is busy is busy for all of them;
// what is told is the median of the rounds. usage: bench/decide [rounds, default 15]
using System.Diagnostics;
using System.Globalization;
using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Agents;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Conditions;
using AiAccessProxy.Policies.Files;

const int Calls = 200;
var turn = TimeSpan.FromMilliseconds(60);
int[] sizes = [10, 100, 1_000, 10_000];
var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 15;

var caller = new Caller(new("bot", "ada", []), null, "key:k1");
var at = new DateTimeOffset(2026, 6, 16, 13, 30, 0, TimeSpan.Zero);
var routes = sizes.Select(Policy).ToList();
var shapes = new (string Name, Func<int, int, string> Target)[]
{
    ("plain", (size, call) => $"/v1/things-{call * 7 % Math.Min(size, 100)}/{call}/parts-{call * 7 % size / 100}"),
    ("odd spelling", (size, call) => $"/V1/things-{call * 7 % Math.Min(size, 100)}%2F{call}/parts-{call * 7 % size / 100}.json"),
    ("no rule", (_, call) => $"/v1/other/{call}"),
};

Console.WriteLine($"{"calls",-14} {"rules",6} {"decision",10} {"ratio",6} {"judging all",12} {"ratio",7}");
foreach (var (name, target) in shapes)
{
    var calls = sizes.Select(size => Enumerable.Range(0, Calls).Select(call => Action(target(size, call))).ToArray()).ToList();
    var (indexed, naive) = (sizes.Select(_ => new List<double>()).ToList(), sizes.Select(_ => new List<double>()).ToList());
    // The first round warms up.
    for (var round = 0; round <= rounds; round++)
    {
        for (var size = 0; size < sizes.Length; size++)
        {
            var (policy, route) = (routes[size], routes[size].Routes[0]);
            var decided = Measure(calls[size], action => policy.Decide(route, caller, action, at).Decision.Rules.Count);
            var judged = Measure(calls[size], action => JudgeAll(route, action));
            if (round == 0) continue;
            indexed[size].Add(decided);
            naive[size].Add(judged);
        }
    }

    for (var size = 0; size < sizes.Length; size++)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-14} {sizes[size],6} {Median(indexed[size]),7:f2} us {Median(indexed[size]) / Median(indexed[0]),6:f2} {Median(naive[size]),9:f2} us {Median(naive[size]) / Median(naive[0]),7:f1}"));
    }
}

double Measure(ApiAction[] calls, Func<ApiAction, int> decide)
{
    var (started, made, rules) = (Stopwatch.GetTimestamp(), 0, 0);
    do
    {
        rules += decide(calls[made++ % calls.Length]);
    }
    while (Stopwatch.GetElapsedTime(started) < turn);
    GC.KeepAlive(rules);
    return Stopwatch.GetElapsedTime(started).TotalMicroseconds / made;
}

int JudgeAll(Route route, ApiAction action)
{
    var fields = new CallFields(route.Around(caller, action, at));
    return route.RulesById.Count(rule => rule.Match.Judge(new CallView(fields, rule, route.Reading)) != Truth.False);
}

static ApiAction Action(string target) => CanonicalTarget.Read(target) is TargetReading.Read { Target: var read }
    ? new(new("GET", read, [], Claims.None), new ActionBody.None())
    : throw new ArgumentException(target, nameof(target));

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

static PolicySnapshot Policy(int rules)
{
    var route = new StringBuilder("""
        version: 1
        route: api
        prefix: /api
        upstream: { url: "https://api.test" }
        accept: [encoded-slash]
        rules:

        """);
    for (var at = 0; at < rules; at++)
        route.Append(CultureInfo.InvariantCulture, $"  - {{ id: r{at}, effect: {(at % 3 == 0 ? "deny" : "allow")}, match: {{ methods: [GET, HEAD], paths: [\"/v1/things-{at % 100}/{{x}}/parts-{at / 100}\"] }} }}\n");
    const string Agents = """
        version: 1
        agents: [{ id: bot, owner: person:ada, keys: [{ id: k1, sha256: "00000000000000000000000000000000000000000000000000000000000000a1" }] }]

        """;
    const string People = """
        version: 1
        people: [{ id: ada, name: Ada }]

        """;
    return PolicyFiles.Load(new PolicyFolder(
        [.. new[] { ("agents.yaml", Agents), ("api.yaml", route.ToString()), ("people.yaml", People) }.Select(file => (file.Item1, Encoding.UTF8.GetBytes(file.Item2)))])) switch
    {
        PolicyLoad.Loaded loaded => loaded.Snapshot,
        PolicyLoad.Refused refused => throw new ArgumentException(string.Join('\n', refused.Problems), nameof(rules)),
        _ => throw new ArgumentException("impossible", nameof(rules)),
    };
}
