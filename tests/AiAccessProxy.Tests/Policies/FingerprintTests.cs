using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Policies;

/// <summary>A ticket is cancelled when its fingerprint changed: what was approved has to be in it, and nothing else.</summary>
public class FingerprintTests
{
    private static readonly string Original = Some.RouteYaml(
        """
        - id: one
          effect: require_approval
          risk: high
          match: { methods: [GET], paths: ["/v1/**"], where: [{ field: query.q, exists: false }] }
          summary: "Do it"
          credential: admin
          approval: { need: [{ approvals: 1, from: [group:finance] }], decide_within: 20m }
        - id: two
          effect: require_approval
          match: { methods: [GET] }
        - id: three
          effect: require_approval
          match: { methods: [PUT] }
        - id: four
          effect: allow
          match: { methods: [GET] }
        """,
        """
        approval: { need: [{ approvals: 1, from: [group:security] }] }
        credentials:
          admin: { type: header, name: X-Api-Key, value: "${env:ADMIN}" }
          other: { type: header, name: X-Api-Key, value: "${env:ADMIN}" }
        """);

    [Theory]
    [InlineData("risk: high", "risk: critical")]
    [InlineData("methods: [GET], paths", "methods: [GET, PUT], paths")]
    [InlineData("exists: false", "equals: a")]
    [InlineData("Do it", "Do that")]
    [InlineData("approvals: 1, from: [group:finance]", "approvals: 2, from: [group:finance, person:joan]")]
    [InlineData("group:finance", "group:security")]
    [InlineData("20m", "21m")]
    [InlineData("approvals: 1, from: [group:security]", "approvals: 2, from: [group:security]")]
    [InlineData("https://api.test", "https://other.test")]
    [InlineData("https://api.test\"", "https://api.test\", timeout: 7s")]
    [InlineData("https://api.test\"", "https://api.test\", http: \"2\"")]
    [InlineData("credential: admin", "credential: other")]
    [InlineData("admin: { type: header, name: X-Api-Key", "admin: { type: header, name: Authorization")]
    [InlineData("${env:ADMIN}", "${env:ROTATED}")]
    [InlineData("id: two", "id: deux")]
    public void What_an_approval_was_given_under_changes_it(string from, string to)
    {
        Assert.Contains(from, Original, StringComparison.Ordinal);
        Assert.NotEqual(Of(Original), Of(Original.Replace(from, to, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("methods: [PUT] }", "methods: [PATCH] }")]
    [InlineData("effect: allow", "risk: low\n    effect: allow")]
    [InlineData("summary: \"Do it\"", "summary:   \"Do it\"  # said otherwise")]
    [InlineData("effect: require_approval\n    risk: high", "risk: high\n    effect: require_approval")]
    [InlineData("prefix: /api", "prefix: /api\nhold: 7s")]
    public void What_has_no_part_in_it_does_not(string from, string to)
    {
        Assert.Contains(from, Original, StringComparison.Ordinal);
        Assert.Equal(Of(Original), Of(Original.Replace(from, to, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_terms_of_the_default_are_in_it()
    {
        const string Terms = "default: require_approval\napproval: { need: [{ approvals: 1, from: [group:security] }], use_within: 3m }";
        var one = Of(Some.RouteYaml("", Terms).Replace("rules:", "rules: []", StringComparison.Ordinal));
        var other = Of(Some.RouteYaml("", Terms).Replace("rules:", "rules: []", StringComparison.Ordinal).Replace("3m", "4m", StringComparison.Ordinal));
        Assert.NotEqual(one, other);
        Assert.Matches("^[0-9a-f]{64}$", one);
    }

    private static string Of(string route) =>
        Assert.IsType<Decision.RequireApproval>(Some.Decided(Some.Policy(("api.yaml", route)), Some.Action(target: "/v1/x")).Decision).Requirement.Fingerprint;
}
