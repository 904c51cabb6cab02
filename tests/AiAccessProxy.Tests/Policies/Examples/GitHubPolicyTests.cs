using AiAccessProxy.Policies.Trials;

namespace AiAccessProxy.Tests.Policies.Examples;

/// <summary>Administration of a GitHub organisation: what the language has to be able to say about it, sentence by sentence.</summary>
public class GitHubPolicyTests
{
    private static readonly Example GitHub = Example.Of("github");

    [Fact]
    public async Task Making_an_owner_is_critical_and_the_owner_call_matches_both_rules() =>
        Assert.Equal("ask critical add-member add-owner", await TellAsync("PUT", "/orgs/acme/memberships/eve", """{"role":"admin"}"""));

    [Fact]
    public async Task Making_a_member_is_medium() =>
        Assert.Equal("ask medium add-member", await TellAsync("PUT", "/orgs/acme/memberships/eve", """{"role":"member"}"""));

    [Fact]
    public async Task Who_agrees_to_an_owner_is_what_both_rules_say()
    {
        var asked = await GitHub.AskedAsync(Call("PUT", "/orgs/acme/memberships/eve", """{"role":"admin"}"""));
        Assert.False(GitHub.IsMet(asked, "joan", "grace"));
        Assert.False(GitHub.IsMet(asked, "linus"));
        Assert.True(GitHub.IsMet(asked, "joan", "linus"));
    }

    [Theory]
    [InlineData("""{"visibility":"public"}""")]
    [InlineData("""{"visibility":null}""")]
    [InlineData("""{"private":false}""")]
    [InlineData("""{"private":"no"}""")]
    [InlineData("""{"archived":true,"description":"the shop"}""")]
    [InlineData("""{"private":true,"private":false}""")]
    public async Task Exposing_a_repository_is_a_patch_with_visibility_private_or_archived_present(string body) =>
        Assert.StartsWith("ask high expose-repository", await TellAsync("PATCH", "/repos/acme/prod", body), StringComparison.Ordinal);

    [Theory]
    [InlineData("PATCH", "/repos/acme/prod", """{"description":"private"}""", "allow edit-repository")]
    [InlineData("PATCH", "/repos/acme/prod", """{"template":{"private":true}}""", "allow edit-repository")]
    [InlineData("PUT", "/repos/acme/prod", """{"private":false}""", "deny")]
    [InlineData("PATCH", "/repos/acme/prod/labels", """{"private":false}""", "deny")]
    public async Task Conditions_beside_methods_and_paths_are_anded(string method, string path, string body, string expected) =>
        Assert.Equal(expected, await TellAsync(method, path, body));

    [Fact]
    public async Task Any_is_an_or_among_its_own()
    {
        string[] fields = ["visibility", "private", "archived"];
        for (var present = 0; present < 1 << fields.Length; present++)
        {
            var members = fields.Where((_, field) => (present & 1 << field) != 0).Select(field => $"\"{field}\":true");
            var body = $"{{{string.Join(',', members)}}}";
            Assert.Equal((body, present == 0 ? "allow edit-repository" : "ask high expose-repository"), (body, await TellAsync("PATCH", "/repos/acme/prod", body)));
        }
    }

    [Fact]
    public async Task One_of_security_and_one_of_platform_is_two_needs()
    {
        var asked = await GitHub.AskedAsync(Call("DELETE", "/repos/acme/prod/branches/main/protection"));
        Assert.Equal([(1, "group:security"), (1, "group:platform")], asked.Needs.Select(need => (need.Approvals, string.Join(' ', need.From))));
        Assert.False(GitHub.IsMet(asked, "joan", "grace"));
        Assert.False(GitHub.IsMet(asked, "margaret"));
        Assert.True(GitHub.IsMet(asked, "joan", "linus"));
        Assert.True(GitHub.IsMet(asked, "margaret", "linus"));
    }

    [Fact]
    public async Task Any_two_of_either_is_one_need_of_two_approvals()
    {
        var asked = await GitHub.AskedAsync(Call("POST", "/repos/acme/prod/transfer", """{"new_owner":"eve"}"""));
        Assert.Equal([(2, "group:security group:platform")], asked.Needs.Select(need => (need.Approvals, string.Join(' ', need.From))));
        Assert.True(GitHub.IsMet(asked, "joan", "grace"));
        Assert.True(GitHub.IsMet(asked, "linus", "margaret"));
        Assert.True(GitHub.IsMet(asked, "joan", "linus"));
        Assert.False(GitHub.IsMet(asked, "margaret"));
        Assert.False(GitHub.IsMet(asked, "ada", "joan"));
    }

    [Theory]
    [InlineData("/repos/acme/payroll/issues")]
    [InlineData("/repos/ACME/payroll/issues")]
    [InlineData("/Repos/Acme/PayRoll/Issues")]
    public async Task GitHub_folds_case_and_so_does_a_deny(string path) =>
        Assert.Equal("deny payroll-is-not-for-agents", await TellAsync("POST", path, """{"title":"hello"}"""));

    [Fact]
    public async Task Path_case_frees_what_is_allowed_in_any_letters_and_a_deny_holds_without_it_too()
    {
        var sensitive = Example.Of("github", "path_case: insensitive", "path_case: sensitive");
        var (shop, payroll) = (Call("POST", "/Repos/acme/prod/issues", "{}"), Call("POST", "/repos/ACME/payroll/issues", "{}"));
        Assert.Equal(("allow talk", "deny payroll-is-not-for-agents"), (await GitHub.TellAsync(shop), await GitHub.TellAsync(payroll)));
        Assert.Equal(("deny", "deny payroll-is-not-for-agents"), (await sensitive.TellAsync(shop), await sensitive.TellAsync(payroll)));
    }

    [Fact]
    public async Task A_branch_is_named_with_an_encoded_slash_and_shown_with_a_slash()
    {
        var asked = await GitHub.AskedAsync(Call("DELETE", "/repos/acme/prod/branches/release%2F1.0/protection"));
        Assert.Equal("github.branch.protection", asked.ActionName);
        Assert.Equal(["Change what protects release/1.0 of acme/prod"], asked.Summary);
    }

    [Theory]
    [InlineData("GET", "/repos/acme%2Fprod")]
    [InlineData("POST", "/graphql%2Fx")]
    [InlineData("POST", "/repos/acme/prod%2Fx/issues")]
    [InlineData("POST", "/repos/acme/prod%2Fx/transfer")]
    [InlineData("PATCH", "/repos/acme/prod%2Fx")]
    [InlineData("DELETE", "/repos/acme/prod%2Fx")]
    [InlineData("PUT", "/orgs/acme/memberships/eve%2Fx")]
    [InlineData("PUT", "/repos/acme/payroll/contents%2Fx")]
    public async Task Only_names_of_branches_need_an_encoded_slash_so_no_other_rule_takes_one(string method, string path) =>
        Assert.Equal("refused no-single-meaning (encoded-slash)", await TellAsync(method, path));

    [Fact]
    public async Task Head_is_not_get()
    {
        var get = Example.Of("github", "methods: [GET, HEAD]", "methods: [GET]");
        Assert.Equal("allow read", await get.TellAsync(Call("GET", "/repos/acme/prod")));
        Assert.Equal("deny", await get.TellAsync(Call("HEAD", "/repos/acme/prod")));
        Assert.Equal("allow read", await TellAsync("HEAD", "/repos/acme/prod"));
    }

    [Theory]
    [InlineData("POST", "/graphql", """{"query":"{ viewer { login } }"}""")]
    [InlineData("POST", "/graphql", """{"query":"mutation { deleteIssue(input: {}) { clientMutationId } }"}""")]
    [InlineData("POST", "/GraphQL", """{"query":"mutation { deleteIssue(input: {}) { clientMutationId } }"}""")]
    [InlineData("GET", "/graphql?query=%7Bviewer%7Blogin%7D%7D", null)]
    public async Task A_mutation_cannot_be_told_from_a_query_by_its_path_so_both_are_denied(string method, string path, string? body) =>
        Assert.Equal("deny no-graphql", await TellAsync(method, path, body));

    private static TrialCall Call(string method, string path, string? body = null) => Example.WithJson(GitHub.Call("release-bot", method, path), body);

    private static Task<string> TellAsync(string method, string path, string? body = null) => GitHub.TellAsync(Call(method, path, body));
}
