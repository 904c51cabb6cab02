using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Policies;

/// <summary>Which secret a call is sent with.</summary>
public class CredentialTests
{
    private const string Credentials = """
        credentials:
          live: { type: header, name: Authorization, value: "Bearer ${env:LIVE}", owner: team }
          admin: { type: header, name: X-Api-Key, value: "${env:ADMIN}" }
          other: { type: header, name: X-Api-Key, value: "${env:ADMIN}" }
        """;

    private const string OfRoute = Credentials + "\ncredential: live";

    [Theory]
    [InlineData(OfRoute, "", "", "live")]
    [InlineData(OfRoute, "admin", "", "admin")]
    [InlineData(OfRoute, "admin", "admin", "admin")]
    [InlineData(OfRoute, "admin", "live", "conflict")]
    [InlineData(OfRoute, "admin", "other", "conflict")]
    [InlineData(Credentials, "", "", "none")]
    [InlineData(Credentials, "", "admin", "admin")]
    public void Rules_that_apply_together_agree_on_one(string more, string first, string second, string expected)
    {
        foreach (var effect in new[] { "allow", "require_approval" })
        {
            var bound = Some.Decided($"{Rule("a", effect, first)}\n{Rule("b", effect, second)}", more: more);
            var isConflict = expected == "conflict";
            Assert.Equal(isConflict, bound.Decision is Decision.Deny);
            Assert.Equal(isConflict ? null : expected == "none" ? null : expected, bound.Action.Credential?.Id);
        }
    }

    [Fact]
    public void A_conflict_says_who_names_what()
    {
        var deny = Assert.IsType<Decision.Deny>(Some.Decided($"{Rule("b", "allow", "live")}\n{Rule("a", "allow", "admin")}", more: Credentials).Decision);
        Assert.Equal(
            "The rules that match this call name different credentials, and it can carry only one: a names admin, b names live.", deny.Reason);
        Assert.Equal(["a", "b"], deny.Rules.Select(rule => rule.Id));
        Assert.False(deny.ByDefault);
    }

    [Fact]
    public void Only_the_rules_that_decide_choose()
    {
        var bound = Some.Decided($"{Rule("a", "allow", "admin")}\n{Rule("b", "require_approval", "")}", more: OfRoute);
        Assert.Equal("live", bound.Action.Credential?.Id);
    }

    [Fact]
    public void The_secret_is_put_in_from_the_environment_and_told_nowhere()
    {
        var bound = Some.Decided(Rule("a", "require_approval", ""), more: OfRoute);
        Assert.Equal("Bearer value-of-LIVE", bound.Action.Credential!.Secret);
        Assert.Equal("Authorization", bound.Action.Credential.HeaderName);
        Assert.DoesNotContain("value-of", bound.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_denied_call_is_bound_to_no_credential() =>
        Assert.Null(Some.Decided(Rule("a", "deny", ""), more: OfRoute).Action.Credential);

    private static string Rule(string id, string effect, string credential) =>
        $"- {{ id: {id}, effect: {effect}, match: {{ paths: [\"/**\"] }}"
        + (credential.Length > 0 ? $", credential: {credential}" : "")
        + (effect == "require_approval" ? ", approval: { need: [{ from: [group:finance] }] }" : "") + " }";
}
