using AiAccessProxy.Actions;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Policies;

/// <summary>Names of actions that take a part from the call: nobody who calls can make one up that the rule does not give.</summary>
public class ActionNameTests
{
    [Theory]
    [InlineData("/x?a=GetUser", "iam.GetUser")]
    [InlineData("/x?a=get-user_2", "iam.get-user_2")]
    [InlineData("/x", "iam.(absent)")]
    [InlineData("/x?a=role.grant", "iam.(unclear)")]
    [InlineData("/x?a=a%20b", "iam.(unclear)")]
    [InlineData("/x?a=(absent)", "iam.(unclear)")]
    [InlineData("/x?a=%E2%80%AEa", "iam.(unclear)")]
    [InlineData("/x?a=", "iam.(unclear)")]
    [InlineData("/x?a=a&a=a", "iam.(unclear)")]
    [InlineData("/x?A=GetUser", "iam.(unreadable)")]
    public void Only_plain_words_come_in(string target, string name) => Assert.Equal(name, Named("query.a", Some.Action(target: target)));

    [Theory]
    [InlineData("""{"a":"GetUser"}""", "iam.GetUser")]
    [InlineData("""{"a":5}""", "iam.5")]
    [InlineData("""{"a":-1.5}""", "iam.(unclear)")]
    [InlineData("""{"a":true}""", "iam.true")]
    [InlineData("""{"a":null}""", "iam.(unclear)")]
    [InlineData("""{"a":[]}""", "iam.(unclear)")]
    [InlineData("""{"a":{}}""", "iam.(unclear)")]
    [InlineData("{", "iam.(unreadable)")]
    public void The_same_holds_for_bodies(string body, string name) => Assert.Equal(name, Named("body.a", Some.Action("POST", "/x", Some.Body(body))));

    [Fact]
    public void A_long_word_is_none()
    {
        Assert.Equal($"iam.{new string('a', 64)}", Named("query.a", Some.Action(target: $"/x?a={new string('a', 64)}")));
        Assert.Equal("iam.(unclear)", Named("query.a", Some.Action(target: $"/x?a={new string('a', 65)}")));
    }

    [Fact]
    public void What_a_rule_redacts_stands_in_no_name() => Assert.Equal("iam.(redacted)", Named("query.a", Some.Action(target: "/x?a=secret"), "redact: [query.a]"));

    private static string? Named(string field, ApiAction action, string more = "risk: low") => Assert.IsType<Decision.RequireApproval>(Some.Decided(
        $"- {{ id: one, action: \"iam.{{{field}}}\", effect: require_approval, {more}, match: {{ paths: [\"/**\"] }}, approval: {{ need: [{{ from: [group:security] }}] }} }}",
        action).Decision).Requirement.ActionName;
}
