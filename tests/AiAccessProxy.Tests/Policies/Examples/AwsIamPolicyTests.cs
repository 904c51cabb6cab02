using System.Text;
using AiAccessProxy.Policies.Trials;

namespace AiAccessProxy.Tests.Policies.Examples;

/// <summary>AWS IAM: what the language has to be able to say about it, sentence by sentence.</summary>
public class AwsIamPolicyTests
{
    private const string JsonOfStatement = "json: \"Statement.*.Action\", any: { equals: \"*\" }";

    private static readonly Example Iam = Example.Of("aws-iam");

    public static TheoryData<string, string> Operations
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var name in Names("GetUser GetRole GetPolicyVersion GetAccountSummary GetAccessKeyLastUsed ListUsers ListRoles ListAccessKeys ListAttachedUserPolicies SimulatePrincipalPolicy"))
                rows.Add(name, "allow read");
            foreach (var name in Names("AddUserToGroup RemoveUserFromGroup AttachUserPolicy AttachRolePolicy DetachRolePolicy PutUserPolicy PutRolePolicy CreateUser CreateRole CreatePolicy CreatePolicyVersion DeleteUser DeleteAccessKey TagUser UpdateUser UpdateAssumeRolePolicy"))
                rows.Add(name, "ask high change");
            foreach (var name in Names("CreateAccessKey CreateLoginProfile UpdateLoginProfile CreateServiceSpecificCredential"))
                rows.Add(name, "ask critical change credentials");
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Thirty_operations_behind_one_path_are_told_apart_by_the_field_Action(string operation, string expected) =>
        Assert.Equal(expected, await TellAsync(("Action", operation), ("Version", "2010-05-08"), ("UserName", "eve")));

    [Fact]
    public void There_are_thirty() => Assert.Equal(30, Operations.Count);

    [Theory]
    [InlineData("DeleteGetX", "ask high change")]
    [InlineData("XGetUser", "deny")]
    [InlineData("getUser", "deny")]
    [InlineData("GetUser2", "deny")]
    [InlineData("GetUser\nDeleteUser", "deny")]
    [InlineData("GetUser&Action=DeleteUser", "deny")]
    [InlineData("ResyncMFADevice", "deny")]
    public async Task Matches_is_the_whole_string(string operation, string expected) => Assert.Equal(expected, await TellAsync(("Action", operation)));

    [Theory]
    [InlineData("GetUser", "DeleteUser")]
    [InlineData("DeleteUser", "GetUser")]
    [InlineData("GetUser", "GetUser")]
    public async Task An_action_that_is_repeated_is_unknown_so_it_is_not_allowed_and_counts_as_the_worst(string first, string second) =>
        Assert.Equal("ask critical change credentials", await TellAsync(("Action", first), ("Action", second)));

    [Theory]
    [InlineData("/?Action=DeleteUser")]
    [InlineData("/?Action=GetUser")]
    [InlineData("/?UserName=eve&Action=")]
    public async Task An_action_in_the_query_is_none(string path) =>
        Assert.StartsWith("deny action-in-the-query", await Iam.TellAsync(Form(("Action", "GetUser")) with { Path = path }), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"Statement":[{"Action": "*"}]}""")]
    [InlineData("""{"Statement":[{"Action" :"*"}]}""")]
    [InlineData("{\"Statement\":[{\"Action\":\n\"*\"}]}")]
    [InlineData("""{"Statement":[{"\u0041ction":"\u002a"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"s3:GetObject"},{"Effect":"Allow","Action":"*"}]}""")]
    public async Task A_policy_document_is_read_as_JSON_in_a_form_value_however_it_is_written(string document) =>
        Assert.Equal("deny everything-for-somebody", await TellAsync(("Action", "PutUserPolicy"), ("PolicyDocument", document)));

    [Fact]
    public async Task A_search_in_the_text_is_defeated_by_one_space()
    {
        var searching = Example.Of("aws-iam", JsonOfStatement, "contains: '\"Action\":\"*\"'");
        Assert.Equal("deny everything-for-somebody", await searching.TellAsync(Granting("""{"Statement":[{"Action":"*"}]}""")));
        Assert.Equal("ask high change", await searching.TellAsync(Granting("""{"Statement":[{"Action": "*"}]}""")));
    }

    [Theory]
    [InlineData("""{"Statement":[{"Action":"*"}]}""", "deny everything-for-somebody")]
    [InlineData("""{"Statement":[{"Action":["*"]}]}""", "deny everything-for-somebody")]
    [InlineData("""{"Statement":[{"Action":["s3:GetObject","*"]}]}""", "deny everything-for-somebody")]
    [InlineData("""{"Statement":[{"Action":"s3:GetObject"}]}""", "ask high change")]
    [InlineData("""{"Statement":[{"Action":["s3:GetObject","s3:*"]}]}""", "ask high change")]
    public async Task An_action_of_a_statement_may_be_a_text_or_a_list(string document, string expected) => Assert.Equal(expected, await Iam.TellAsync(Granting(document)));

    [Theory]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"*"}}""")]
    [InlineData("""{"Statement":[{"Action":"*"}]""")]
    [InlineData("""{"Statement":[{"Action":"s3:GetObject","Action":"*"}]}""")]
    [InlineData("""{"Statement":[{"action":"*"}]}""")]
    [InlineData("")]
    public async Task A_document_that_cannot_be_told_is_denied_as_the_worst_one(string document) =>
        Assert.Equal("deny everything-for-somebody", await Iam.TellAsync(Granting(document)));

    [Theory]
    [InlineData("CreateUser")]
    [InlineData("AttachRolePolicy")]
    [InlineData("CreateAccessKey")]
    public async Task One_rule_names_its_action_after_the_operation(string operation) =>
        Assert.Equal($"iam.{operation}", (await Iam.AskedAsync(Form(("Action", operation)))).ActionName);

    [Fact]
    public async Task A_field_that_is_absent_is_told_to_be_and_never_leaves_nothing() => Assert.Equal(
        ["DeleteUser for user (absent), role (absent), policy (absent)"], (await Iam.AskedAsync(Form(("Action", "DeleteUser")))).Summary);

    [Fact]
    public async Task The_credential_is_a_signature_so_no_header_is_put_in_its_place()
    {
        const string Signature = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261121/us-east-1/iam/aws4_request, SignedHeaders=host;x-amz-date, Signature=5d672d79";
        var bound = await Iam.DecideAsync(Form(("Action", "GetUser")) with { Headers = [new("Authorization", Signature)] });
        Assert.Null(bound.Action.Credential);
        Assert.Equal(Signature, Assert.Single(bound.Action.Action.Head.Headers, field => field.Name == "Authorization").Value);
    }

    private static TrialCall Granting(string document) => Form(("Action", "PutUserPolicy"), ("UserName", "eve"), ("PolicyDocument", document));

    private static Task<string> TellAsync(params (string Name, string Value)[] fields) => Iam.TellAsync(Form(fields));

    private static TrialCall Form(params (string Name, string Value)[] fields) => Iam.Call("release-bot", "POST", "/") with
    {
        Body = Encoding.UTF8.GetBytes(Pairs.Encoded(fields)),
        ContentType = "application/x-www-form-urlencoded",
    };

    private static string[] Names(string names) => names.Split(' ');
}
