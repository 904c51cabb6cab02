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
}
