using AiAccessProxy.Actions;

namespace AiAccessProxy.Tests.Policies;

public class NeedsBodyTests
{
    private const string Finance = "approval: { need: [{ from: [group:finance] }] }";

    [Theory]
    [InlineData("- { id: a, effect: allow, match: { methods: [GET] } }", false)]
    [InlineData("- { id: a, effect: allow, redact: [body.x], match: { methods: [GET] } }", false)]
    [InlineData("- { id: a, effect: allow, match: { methods: [GET], where: [{ field: body.x, exists: true }] } }", true)]
    [InlineData("- { id: a, effect: allow, match: { methods: [PUT], where: [{ field: body.x, exists: true }] } }", false)]
    [InlineData("- { id: a, effect: allow, match: { any: [{ methods: [GET] }, { where: [{ field: body.x, exists: true }] }] } }", false)]
    [InlineData("- { id: a, effect: deny, match: { methods: [GET], where: [{ field: body.x, exists: true }] } }", true)]
    [InlineData("- { id: a, effect: deny, match: { methods: [GET], where: [{ field: query.q, gt: 5 }, { field: body.x, exists: true }] } }", true)]
    [InlineData("- { id: a, effect: deny, match: { methods: [GET] } }\n- { id: b, effect: deny, match: { where: [{ field: body.x, exists: true }] } }", false)]
    [InlineData("- { id: b, effect: deny, match: { where: [{ field: body.x, exists: true }] } }\n- { id: a, effect: deny, match: { where: [{ field: query.q, gt: 5 }] } }", false)]
    [InlineData("- { id: a, effect: require_approval, match: { methods: [GET] }, " + Finance + " }", true)]
    [InlineData("- { id: a, effect: require_approval, match: { methods: [PUT] }, " + Finance + " }", false)]
    [InlineData("- { id: a, effect: require_approval, match: { where: [{ field: query.q, gt: 5 }] }, " + Finance + " }", true)]
    [InlineData("- { id: a, effect: require_approval, match: { methods: [GET] }, " + Finance + " }\n- { id: b, effect: deny, match: { methods: [GET] } }", false)]
    [InlineData("- { id: a, effect: allow, match: { methods: [GET] } }\n- { id: b, effect: require_approval, match: { where: [{ field: body.x, gt: 5 }] }, " + Finance + " }", true)]
    public void A_body_is_read_when_it_can_still_decide_or_has_to_be_shown(string rules, bool expected) =>
        Assert.Equal(expected, Some.Policy(rules).Routes[0].NeedsBody(Some.Caller(), Some.Head(target: "/x?q=word"), Some.Moment));

    [Theory]
    [InlineData("PUT", true)]
    [InlineData("GET", false)]
    public void A_default_that_asks_needs_the_body_of_what_no_rule_matches(string method, bool expected)
    {
        var policy = Some.Policy("- { id: a, effect: allow, match: { methods: [GET] } }", $"default: require_approval\n{Finance}");
        Assert.Equal(expected, policy.Routes[0].NeedsBody(Some.Caller(), Some.Head(method), Some.Moment));
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "POST", "", true)]
    [InlineData("Application/X-WWW-Form-Urlencoded; charset=utf-8", "POST", "", true)]
    [InlineData("multipart/form-data; boundary=x", "POST", "", true)]
    [InlineData(null, "POST", "", true)]
    [InlineData("application/x-www-form-urlencoded", "PUT", "", true)]
    [InlineData("application/octet-stream", "PUT", "", false)]
    [InlineData("application/json", "POST", "", false)]
    [InlineData("application/x-www-form-urlencoded", "POST", "accept: [method-override]", false)]
    [InlineData("application/x-www-form-urlencoded", "POST", "accept: [several-actions]", true)]
    public void A_form_is_read_when_it_could_ask_for_a_method_that_is_not_allowed(string? type, string method, string more, bool expected)
    {
        HeaderField[] headers = type is null ? [] : [new("Content-Type", type)];
        foreach (var rules in new[]
        {
            "- { id: a, effect: allow, match: { methods: [POST, PUT] } }",
            "- { id: a, effect: allow, match: { paths: [\"/**\"] } }\n- { id: b, effect: deny, match: { methods: [DELETE] } }",
            "- { id: a, effect: allow, match: { paths: [\"/**\"] } }\n- { id: b, effect: require_approval, match: { methods: [PATCH], where: [{ field: body.x, gt: 5 }] }, " + Finance + " }",
        })
        {
            Assert.Equal(expected, Some.Policy(rules, more).Routes[0].NeedsBody(Some.Caller(), Some.Head(method, headers: headers), Some.Moment));
        }
    }

    [Theory]
    [InlineData("- { id: a, effect: allow, match: { paths: [\"/**\"] } }")]
    [InlineData("- { id: a, effect: allow, accept: [method-override], match: { methods: [POST] } }")]
    [InlineData("- { id: a, effect: allow, match: { methods: [GET] } }")]
    [InlineData("- { id: a, effect: allow, match: { methods: [POST] } }\n- { id: b, effect: deny, match: { methods: [POST] } }")]
    public void A_form_that_no_method_makes_worse_is_not_read_for_it(string rules) =>
        Assert.False(Some.Policy(rules).Routes[0].NeedsBody(
            Some.Caller(), Some.Head("POST", headers: new HeaderField("Content-Type", "application/x-www-form-urlencoded")), Some.Moment));

    [Fact]
    public void A_rule_on_a_form_field_needs_the_body() => Assert.True(Some.Policy(
        "- { id: a, effect: allow, match: { methods: [PUT], where: [{ field: form.x, equals: 5 }] } }").Routes[0].NeedsBody(Some.Caller(), Some.Head("PUT"), Some.Moment));
}
