using AiAccessProxy.Actions;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Policies.Conditions;

public class PathPatternTests
{
    [Theory]
    [InlineData("/v1/charges", "/v1/charges", "yes")]
    [InlineData("/v1/charges", "/v1/Charges", "unknown")]
    [InlineData("/v1/charges", "/v1/charges?all=1", "yes")]
    [InlineData("/v1/charges", "/v1/charges/1", "no")]
    [InlineData("/v1/charges", "/v1", "no")]
    [InlineData("/v1/charges", "/v1/charges/", "unknown")]
    [InlineData("/v1/charges/", "/v1/charges", "unknown")]
    [InlineData("/v1/charges/", "/v1/charges/", "yes")]
    [InlineData("/", "/", "yes")]
    [InlineData("/", "/a", "no")]
    [InlineData("/*", "/a", "yes")]
    [InlineData("/*", "/", "no")]
    [InlineData("/*", "/a/b", "no")]
    [InlineData("/*", "/a/", "unknown")]
    [InlineData("/**", "/", "yes")]
    [InlineData("/**", "/a/b/c", "yes")]
    [InlineData("/v1/**", "/v1", "yes")]
    [InlineData("/v1/**", "/v1/", "yes")]
    [InlineData("/v1/**", "/v1/a/b/", "yes")]
    [InlineData("/v1/**", "/v10", "no")]
    [InlineData("/v1/**", "/V1/a", "unknown")]
    [InlineData("/**/keys", "/keys", "yes")]
    [InlineData("/**/keys", "/a/b/keys", "yes")]
    [InlineData("/**/keys", "/a/b/keys/", "unknown")]
    [InlineData("/**/keys", "/a/keys/b", "no")]
    [InlineData("/a/**/z", "/a/z", "yes")]
    [InlineData("/a/**/z", "/a", "no")]
    [InlineData("/a/**/a", "/a", "no")]
    [InlineData("/users/{user}/roles", "/users/joan/roles", "yes")]
    [InlineData("/users/{user}", "/users/", "no")]
    [InlineData("/caf\u00e9/a b", "/caf%C3%A9/a%20b", "yes")]
    [InlineData("/a:verb", "/a:verb", "yes")]
    [InlineData("/a:verb", "/a%3Averb", "yes")]
    [InlineData("/v1/admin", "/v1/admin.", "unknown")]
    [InlineData("/v1/admin", "/v1/admin%20", "unknown")]
    [InlineData("/v1/admin/x", "/v1/+admin%20./x", "unknown")]
    [InlineData("/v1/admin", "/v1/.admin", "no")]
    [InlineData("/v1/admin", "/v1/admin.json", "unknown")]
    [InlineData("/v1/admin", "/v1/ADMIN.anything/", "unknown")]
    [InlineData("/v1/admin.json", "/v1/admin", "unknown")]
    [InlineData("/v1/admin.json", "/v1/admin.xml", "unknown")]
    [InlineData("/v1/admin.json", "/v1/admin.json", "yes")]
    [InlineData("/zones/example.com", "/zones/example.org", "no")]
    [InlineData("/v1/admin/x", "/v1/admin.json/x", "no")]
    [InlineData("/v1/admin", "/v1/%EF%BD%81dmin", "unknown")]
    [InlineData("/v1/admin", "/v1/%C3%A1dmin", "unknown")]
    [InlineData("/v1/admin", "/v1/a%E2%80%8Bdmin", "unknown")]
    [InlineData("/v1/admin", "/v1/adm%C4%B1n", "unknown")]
    [InlineData("/v1/status", "/v1/%C5%BFtatu%C5%BF", "unknown")]
    [InlineData("/v1/keys", "/v1/%E2%84%AAeys", "unknown")]
    [InlineData("/v1/file", "/v1/%EF%AC%81le", "unknown")]
    [InlineData("/v1/strasse", "/v1/stra%C3%9Fe", "unknown")]
    [InlineData("/v1/caf\u00e9", "/v1/cafe%CC%81", "unknown")]
    [InlineData("/v1/\u043f\u0443\u0442\u044c", "/v1/%D0%9F%D0%A3%D0%A2%D0%AC", "unknown")]
    [InlineData("/v1/admin", "/v1/%E8%B3%87%E6%96%99", "no")]
    [InlineData("/v1/{x}", "/v1/%20", "unknown")]
    [InlineData("/files/{x}", "/files/%EF%BC%A1%EF%BC%8FB", "unknown")]
    [InlineData("/files/*/b", "/files/a%EF%BC%8Fb", "unknown")]
    public void A_pattern_fits_whole_decoded_segments(string pattern, string target, string expected)
    {
        var rules = $$"""
            - { id: sure, effect: allow, match: { paths: ["{{pattern}}"] } }
            - { id: ask, effect: require_approval, match: { paths: ["{{pattern}}"] }, approval: { need: [{ from: [group:security] }] } }
            """;
        var allows = Some.Decided(rules.Split('\n')[0], Some.Action(target: target)).Decision is Decision.Allow;
        var asks = Some.Decided(rules, Some.Action(target: target)).Decision is Decision.RequireApproval;

        Assert.Equal(expected, allows ? "yes" : asks ? "unknown" : "no");
    }

    [Theory]
    [InlineData("/v1/Charges", "/v1/cHARGES", "yes")]
    [InlineData("/v1/charges/{charge}", "/V1/CHARGES/ch_1", "yes")]
    [InlineData("/v1/charges", "/v1/CHARGES/", "unknown")]
    [InlineData("/v1/status", "/v1/%C5%BFtatus", "unknown")]
    [InlineData("/v1/[", "/v1/%7B", "no")]
    public void Where_case_does_not_matter_letters_match_in_any(string pattern, string target, string expected)
    {
        var decision = (string effect) => Some.Decided($$"""
            - { id: one, effect: {{effect}}, match: { paths: ["{{pattern}}"] } }
            """, Some.Action(target: target), "path_case: insensitive\ndefault: " + (effect == "deny" ? "allow" : "deny")).Decision;

        Assert.Equal(expected, decision("allow") is Decision.Allow ? "yes" : decision("deny") is Decision.Deny { ByDefault: false } ? "unknown" : "no");
    }

    [Theory]
    [InlineData("/users/{user}/roles", "/users/joan/roles", "joan")]
    [InlineData("/users/{user}", "/users/joan/", "joan")]
    [InlineData("/{a}/**/{user}", "/x/y/z/joan", "joan")]
    [InlineData("/{a}/**/{user}", "/x/y/z/joan/", "joan")]
    [InlineData("/{a}/**/{user}/", "/x/joan", "joan")]
    [InlineData("/{a}/**/{user}/", "/x/joan/", "joan")]
    [InlineData("/{user}/**", "/joan", "joan")]
    [InlineData("/users/{user}", "/users/jo%20an", "jo an")]
    public void A_variable_is_the_decoded_segment_at_its_place(string pattern, string target, string expected)
    {
        var decision = Some.Decided($$"""
            - { id: one, effect: require_approval, summary: "{path.user}", show: [path.user], match: { paths: ["{{pattern}}"] },
                approval: { need: [{ from: [group:security] }] } }
            """, Some.Action(target: target)).Decision;

        var requirement = Assert.IsType<Decision.RequireApproval>(decision).Requirement;
        Assert.Equal(expected, Assert.Single(requirement.Summary));
        var value = Assert.Single(Assert.IsType<FieldReading.Present>(Assert.Single(requirement.Show).Reading).Values);
        Assert.Equal(expected, Uri.UnescapeDataString(target.AsSpan(value.Json.Start, value.Json.Length)));
    }

    [Fact]
    public void A_variable_that_two_patterns_put_in_different_places_is_repeated()
    {
        const string Rules = """
            - { id: one, effect: EFFECT, match: { paths: ["/{id}/*", "/*/{id}"], where: [{ field: path.id, equals: a }] } }
            """;
        Assert.IsType<Decision.Deny>(Some.Decided(Rules.Replace("EFFECT", "allow", StringComparison.Ordinal), Some.Action(target: "/a/b")).Decision);
        var deny = Assert.IsType<Decision.Deny>(
            Some.Decided(Rules.Replace("EFFECT", "deny", StringComparison.Ordinal), Some.Action(target: "/a/b"), "default: allow").Decision);
        Assert.Contains("path.id stands there 2 times where one is meant", Assert.Single(deny.Rules).Because);
    }
}
