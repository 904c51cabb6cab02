using System.Text;
using System.Text.Json;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Files;
using AiAccessProxy.Tests.Architecture;

namespace AiAccessProxy.Tests.Policies.Files;

public class PolicySchemaTests
{
    private static readonly JsonElement Root = JsonDocument.Parse(PolicySchema.Text()).RootElement;

    private const string Rule = "rules: [{ id: a, effect: require_approval, match: { paths: [\"/**\"] }, approval: { need: [{ from: [group:finance] }] } }]\n";
    private const string Head = "version: 1\nroute: api\nprefix: /api\nupstream: { url: \"https://api.test\" }\n";

    [Fact]
    public void The_committed_schema_is_what_the_program_prints() => Assert.True(
        PolicySchema.Text() == File.ReadAllText(Repository.PathOf("policies/policy.schema.json")),
        "Run: aiaccess policy schema > policies/policy.schema.json");

    [Fact]
    public void Every_file_that_is_shown_names_it_and_is_accepted()
    {
        foreach (var path in Directory.EnumerateFiles(Repository.PathOf("policies"), "*.yaml", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(path);
            var schema = Path.GetRelativePath(Path.GetDirectoryName(path)!, Repository.PathOf("policies/policy.schema.json")).Replace('\\', '/');
            Assert.Equal($"# yaml-language-server: $schema={schema}", text.Split('\n')[0]);
            Assert.True(Accepts(text), path);
        }
    }

    /// <summary>An unknown key makes a reader tell the keys that it knows.</summary>
    [Theory]
    [InlineData("route", "zzz: 1\n" + Head + Rule)]
    [InlineData("route/upstream", "version: 1\nroute: api\nprefix: /api\nupstream: { zzz: 1, url: \"https://api.test\" }\n")]
    [InlineData("route/credentials/*", Head + "credentials: { a: { zzz: 1, type: header, name: X, value: s } }\n")]
    [InlineData("route/approval", Head + "approval: { zzz: 1, need: [{ from: [group:finance] }] }\n")]
    [InlineData("route/approval/need", Head + "approval: { need: [{ zzz: 1, from: [group:finance] }] }\n")]
    [InlineData("route/rules", Head + "rules: [{ zzz: 1, id: a, effect: allow, match: { paths: [\"/**\"] } }]\n")]
    [InlineData("route/rules/match", Head + "rules: [{ id: a, effect: allow, match: { zzz: 1, paths: [\"/**\"] } }]\n")]
    [InlineData("route/rules/match/any", Head + "rules: [{ id: a, effect: allow, match: { any: [{ zzz: 1, paths: [\"/**\"] }] } }]\n")]
    [InlineData("route/rules/match/time", Head + "rules: [{ id: a, effect: allow, match: { time: { zzz: 1, days: [mon], zone: UTC } } }]\n")]
    [InlineData("route/rules/match/where", Head + "rules: [{ id: a, effect: allow, match: { where: [{ zzz: 1, field: body.a, equals: b }] } }]\n")]
    [InlineData("route/rules/match/where/any", Head + "rules: [{ id: a, effect: allow, match: { where: [{ field: body.a, any: { zzz: 1, equals: b } }] } }]\n")]
    [InlineData("route/tests", Head + "tests: [{ zzz: 1, name: a, request: { agent: a, method: GET, path: / }, expect: { effect: deny } }]\n")]
    [InlineData("route/tests/request", Head + "tests: [{ name: a, request: { zzz: 1, agent: a, method: GET, path: / }, expect: { effect: deny } }]\n")]
    [InlineData("route/tests/expect", Head + "tests: [{ name: a, request: { agent: a, method: GET, path: / }, expect: { zzz: 1, effect: deny } }]\n")]
    [InlineData("route/rate", Head + "rate: { zzz: 1, calls: 1, within: 1s }\n")]
    [InlineData("route/rules/rate", Head + "rules: [{ id: a, effect: allow, match: { paths: [\"/**\"] }, rate: { zzz: 1, calls: 1, within: 1s } }]\n")]
    [InlineData("global", "zzz: 1\nversion: 1\nrate: { calls: 1, within: 1s }\n")]
    [InlineData("agents", "zzz: 1\nversion: 1\nagents: []\n")]
    [InlineData("agents/agents", "version: 1\nagents: [{ zzz: 1, id: a, owner: person:ada, keys: [] }]\n")]
    [InlineData("agents/agents/keys", "version: 1\nagents: [{ id: a, owner: person:ada, keys: [{ zzz: 1, id: k1, sha256: x }] }]\n")]
    [InlineData("agents/agents/tokens", "version: 1\nissuers: [{ id: i, url: \"https://i.test\", audience: a }]\nagents: [{ id: a, owner: person:ada, tokens: [{ zzz: 1, issuer: i, claims: { azp: x } }] }]\n")]
    [InlineData("agents/issuers", "version: 1\nissuers: [{ zzz: 1, id: i, url: \"https://i.test\", audience: a }]\nagents: []\n")]
    [InlineData("people/people/oidc", "version: 1\npeople: [{ id: a, name: A, oidc: [{ zzz: 1, issuer: \"https://i.test\", subject: b }] }]\n")]
    [InlineData("people", "zzz: 1\nversion: 1\npeople: [{ id: a, name: A }]\n")]
    [InlineData("people/people", "version: 1\npeople: [{ zzz: 1, id: a, name: A }]\n")]
    [InlineData("people/people/keys", "version: 1\npeople: [{ id: a, name: A, keys: [{ zzz: 1, id: k1, sha256: x }] }]\n")]
    public void Its_keys_are_those_that_the_readers_know(string place, string file)
    {
        var name = place.Split('/')[0] switch { "agents" => "agents.yaml", "global" => "global.yaml", "people" => "people.yaml", _ => "api.yaml" };
        var unknown = Assert.IsType<PolicyLoad.Refused>(Some.Load((name, file))).Problems.First(problem => problem.Field.EndsWith("zzz", StringComparison.Ordinal));
        var known = unknown.Remedy[(unknown.Remedy.IndexOf("known are ", StringComparison.Ordinal) + "known are ".Length)..].Split(", ");

        var schema = place.Split('/')[1..].Aggregate(Root.GetProperty("$defs").GetProperty(place.Split('/')[0]), (at, step) => Into(Resolved(at), step));

        Assert.Equal(known.Order(StringComparer.Ordinal), Resolved(schema).GetProperty("properties").EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        Assert.False(Accepts(file), "an unknown key was accepted");
    }

    [Theory]
    [InlineData("version: 2", "version: 1")]
    [InlineData("route: \"a b\"", "route: api")]
    [InlineData("route: [api]", "route: api")]
    [InlineData("prefix: api", "prefix: /api")]
    [InlineData("upstream: https://api.test", "upstream: { url: \"https://api.test\" }")]
    [InlineData("upstream: { timeout: 1s }", "upstream: { url: \"https://api.test\" }")]
    [InlineData("effect: Allow", "effect: require_approval")]
    [InlineData("effect: [deny]", "effect: require_approval")]
    [InlineData("paths: []", "paths: [\"/**\"]")]
    [InlineData("paths: /**", "paths: [\"/**\"]")]
    [InlineData("paths: [v1]", "paths: [\"/**\"]")]
    [InlineData("methods: [get]", "paths: [\"/**\"]")]
    [InlineData("from: [finance]", "from: [group:finance]")]
    [InlineData("form: [group:finance]", "from: [group:finance]")]
    [InlineData("where: [{ equals: 1 }]", "paths: [\"/**\"]")]
    [InlineData("where: [{ field: body.a, gt: \"10\" }]", "paths: [\"/**\"]")]
    [InlineData("where: [{ field: body.a, exists: maybe }]", "paths: [\"/**\"]")]
    [InlineData("notify: [security], approval: { need", "approval: { need")]
    [InlineData("notify: [\"teams:${env:X}\"], approval: { need", "approval: { need")]
    [InlineData("time: { days: [monday], zone: UTC }", "paths: [\"/**\"]")]
    public void A_file_that_is_written_wrong_is_refused_by_it_as_by_check(string wrong, string right)
    {
        Assert.True(Accepts(Head + Rule));
        var broken = (Head + Rule).Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(Head + Rule, broken);
        Assert.IsType<PolicyLoad.Refused>(Some.Load(("api.yaml", broken)));
        Assert.False(Accepts(broken));
    }

    private static JsonElement Into(JsonElement schema, string step)
    {
        var next = Resolved(step == "*" ? schema.GetProperty("additionalProperties") : schema.TryGetProperty("properties", out var properties) ? properties.GetProperty(step) : schema);
        if (step != "*" && next.TryGetProperty("items", out var items)) return items;
        return next;
    }

    private static JsonElement Resolved(JsonElement schema) => schema.TryGetProperty("$ref", out var reference)
        ? Resolved(reference.GetString()![2..].Split('/').Aggregate(Root, (at, step) => at.GetProperty(step)))
        : schema;

    private static bool Accepts(string yaml)
    {
        var problems = new List<PolicyProblem>();
        var file = new YamlDocument("any.yaml", problems).Read(Encoding.UTF8.GetBytes(yaml))!;
        var json = YamlJson.Write(new PolicySource("any.yaml", problems, new References(_ => null)), file, "");
        return new JsonSchema(Root).Accepts(JsonDocument.Parse(json).RootElement);
    }
}
