namespace AiAccessProxy.Tests.Policies.Generated;

/// <summary>A route with its rules.</summary>
internal sealed record DrawnPolicy(string Default, bool HasCredential, IReadOnlyList<DrawnRule> Rules)
{
    /// <summary>Calls in a minute on the route, and where its reviewers are told; null for none.</summary>
    public (int Calls, string Notify)? More { get; init; }

    private const string Agents = """
        version: 1
        agents:
          - id: billing-bot
            owner: person:ada
            groups: [g1]
            keys: [{ id: k1, sha256: "00000000000000000000000000000000000000000000000000000000000000a1" }]
          - id: other-bot
            owner: person:ada
            groups: [g1, g2]
            keys: [{ id: k1, sha256: "00000000000000000000000000000000000000000000000000000000000000a2" }]

        """;

    private static readonly string Another = Some.RouteYaml("- { id: one, effect: deny, match: { methods: [GET] } }", "environment: test", "test");

    public IReadOnlyList<(string Name, string Text)> Files => [("agents.yaml", Agents), ("api.yaml", Yaml), ("test.yaml", Another)];

    /// <summary>The same with every rule that may stand in <c>global.yaml</c> there.</summary>
    public IReadOnlyList<(string Name, string Text)> FilesWithGlobal
    {
        get
        {
            var shared = Rules.Where(rule => rule.Effect != "allow" && rule.Credential is null).ToList();
            var global = $"version: 1\nrules: [{(shared.Count == 0 ? "]\n" : "")}{string.Join(",", shared.Select(rule => $"\n  {rule.Yaml[2..]}"))}{(shared.Count == 0 ? "" : "]\n")}";
            var rest = this with { Rules = [.. Rules.Except(shared)] };
            return [.. rest.Files.Where(file => file.Name != "api.yaml"), ("api.yaml", rest.Rules.Count == 0 ? rest.Yaml.Replace("rules:\n", "rules: []\n", StringComparison.Ordinal) : rest.Yaml), ("global.yaml", global)];
        }
    }

    public string Yaml => Some.RouteYaml(
        string.Join('\n', Rules.Select(rule => rule.Yaml)),
        $$"""
        default: {{Default}}
        environment: production
        approval: { need: [{ approvals: 2, from: [group:security] }], decide_within: 7m, use_within: 8m }
        credentials:
          c1: { type: header, name: Authorization, value: one }
          c2: { type: header, name: Authorization, value: two }
        {{(HasCredential ? "credential: c1" : "")}}
        {{(More is { } more ? $"rate: {{ calls: {more.Calls}, within: 1m }}\nnotify: [{more.Notify}]" : "")}}
        """);
}
