namespace AiAccessProxy.Tests.Policies.Generated;

/// <summary>A route with its rules.</summary>
internal sealed record DrawnPolicy(string Default, bool HasCredential, IReadOnlyList<DrawnRule> Rules)
{
    public string Yaml => Some.RouteYaml(
        string.Join('\n', Rules.Select(rule => rule.Yaml)),
        $$"""
        default: {{Default}}
        approval: { need: [{ approvals: 2, from: [group:security] }], decide_within: 7m, use_within: 8m }
        credentials:
          c1: { type: header, name: Authorization, value: one }
          c2: { type: header, name: Authorization, value: two }
        {{(HasCredential ? "credential: c1" : "")}}
        """);
}
