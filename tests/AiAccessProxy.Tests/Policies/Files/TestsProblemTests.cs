using AiAccessProxy.Policies.Files;

namespace AiAccessProxy.Tests.Policies.Files;

/// <summary>Everything that can be wrong in <c>tests</c>, in the exact words that it is told in.</summary>
public class TestsProblemTests
{
    private const string Get = "agent: billing-bot, method: GET, path: /v1";

    [Theory]
    [InlineData("{}", "tests: this is a mapping; write a list: [ … ]")]
    [InlineData("[]", "tests: this list is empty; list something, or leave the key out")]
    [InlineData("[x]", "tests[0]: this is a single value; write a mapping of keys and values")]
    [InlineData("[{}]", "tests[0].name: this key is missing; say in a few words what is tested|tests[0].request: this key is missing; describe the call: { agent: …, method: GET, path: /… }|tests[0].expect: this key is missing; say what comes out: { effect: deny }, or { refused: no-single-meaning }")]
    [InlineData("[{ name: a, request: {}, expect: { effect: deny }, skip: true }]", "tests[0].skip: this key is not known; known are name, request, expect|tests[0].request.agent: this key is missing; name the agent that calls, by its id|tests[0].request.method: this key is missing; write the method, as in POST|tests[0].request.path: this key is missing; write the path as it is sent, after the route's prefix: /v1/charges")]
    [InlineData("[{ name: a, request: { " + Get + " }, expect: { effect: deny } }, { name: a, request: { " + Get + " }, expect: { effect: deny } }]", "tests[1].name: there is a test of this name already; give each test of a file a name of its own")]
    // Requests
    [InlineData("[{ name: a, request: { " + Get + ", params: {} }, expect: { effect: deny } }]", "tests[0].request.params: this key is not known; known are agent, on_behalf_of, method, path, query, headers, body, form, raw_body, host, time")]
    [InlineData("[{ name: a, request: { " + Get + ", route: api }, expect: { effect: deny } }]", "tests[0].request.route: this key is not known; known are agent, on_behalf_of, method, path, query, headers, body, form, raw_body, host, time")]
    [InlineData("[{ name: a, request: { " + Get + "?a=1, query: { b: 2 } }, expect: { effect: deny } }]", "tests[0].request.query: the path has a query already; write the query in one place")]
    [InlineData("[{ name: a, request: { " + Get + ", body: 1, form: { a: b } }, expect: { effect: deny } }]", "tests[0].request.form: there is a body already; write one of body, form, raw_body")]
    [InlineData("[{ name: a, request: { " + Get + ", on_behalf_of: joan }, expect: { effect: deny } }]", "tests[0].request.on_behalf_of: \"joan\" names no person; write person: and an id of people.yaml, as in person:ada")]
    [InlineData("[{ name: a, request: { " + Get + ", time: noon }, expect: { effect: deny } }]", "tests[0].request.time: \"noon\" is no time; write it with its zone: 2027-06-30T00:00:00Z")]
    [InlineData("[{ name: a, request: { " + Get + ", body: { a: [no] } }, expect: { effect: deny } }]", "tests[0].request.body.a[0]: \"no\" without quotes means different things to different readers of YAML; quote it if it is a text; otherwise write true, false, null, or a number as JSON does")]
    [InlineData("[{ name: a, request: { " + Get + ", query: [a], headers: { x: {} } }, expect: { effect: deny } }]", "tests[0].request.query: this is a list; write a mapping of keys and values|tests[0].request.headers.x: this is a mapping; write a single value")]
    [InlineData("[{ name: a, request: { " + Get + ", headers: { x: [] }, raw_body: }, expect: { effect: deny } }]", "tests[0].request.raw_body: nothing is written here; write a value, or leave the key out|tests[0].request.headers.x: this list is empty; list something, or leave the key out")]
    // Expectations
    [InlineData("[{ name: a, request: { " + Get + " }, expect: deny }]", "tests[0].expect: this is a single value; write a mapping of keys and values")]
    [InlineData("[{ name: a, request: { " + Get + " }, expect: {} }]", "tests[0].expect: either effect or refused is expected; write one of them: effect: require_approval, or refused: encoded-slash")]
    [InlineData("[{ name: a, request: { " + Get + " }, expect: { effect: deny, refused: dot-segment } }]", "tests[0].expect: either effect or refused is expected; write one of them: effect: require_approval, or refused: encoded-slash")]
    [InlineData("[{ name: a, request: { " + Get + " }, expect: { effect: denied, rule: a } }]", "tests[0].expect.rule: this key is not known; did you mean rules? known are effect, refused, rules, credential, risk, action, summary, needs, require|tests[0].expect.effect: \"denied\" is not known here; known are allow, deny, require_approval")]
    [InlineData("[{ name: a, request: { " + Get + " }, expect: { refused: dot-segment, rules: [a], risk: high } }]", "tests[0].expect.rules: no rule is asked about a call that is refused; leave it out, or expect an effect|tests[0].expect.risk: this comes with effect: require_approval alone; leave it out, or expect require_approval")]
    [InlineData("[{ name: a, request: { " + Get + " }, expect: { effect: allow, needs: [], require: [reason] } }]", "tests[0].expect.needs: this comes with effect: require_approval alone; leave it out, or expect require_approval|tests[0].expect.require: this comes with effect: require_approval alone; leave it out, or expect require_approval|tests[0].expect.needs: this list is empty; list something, or leave the key out")]
    [InlineData("[{ name: a, request: { " + Get + " }, expect: { effect: require_approval, needs: [{ approvals: two }] } }]", "tests[0].expect.needs[0].approvals: \"two\" is no number of approvals; write a number, as in approvals: 2|tests[0].expect.needs[0].from: this key is missing; say whose approval counts: [group:name] or [person:id]")]
    public void A_test_is_told_what_is_wrong_with_it(string tests, string expected)
    {
        var file = Some.RouteYaml("- { id: one, effect: allow, match: { paths: [\"/**\"] } }") + $"tests: {tests}\n";
        var refused = Assert.IsType<PolicyLoad.Refused>(Some.Load(("api.yaml", file)));
        Assert.Equal(expected.Split('|').Select(line => $"api.yaml:8: {line}"), refused.Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void A_refusal_that_no_call_can_have_is_told_with_those_that_it_can()
    {
        var file = Some.RouteYaml("- { id: one, effect: allow, match: { paths: [\"/**\"] } }")
            + "tests: [{ name: a, request: { " + Get + " }, expect: { refused: encoded-slashes } }]\n";
        var problem = Assert.Single(Assert.IsType<PolicyLoad.Refused>(Some.Load(("api.yaml", file))).Problems).ToString();
        Assert.StartsWith(
            "api.yaml:8: tests[0].expect.refused: \"encoded-slashes\" is not known here; did you mean encoded-slash? known are no-single-meaning, unknown-agent, unknown-route, body-too-large, unreadable-body, method, target-form,",
            problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_that_names_what_is_not_there_does_not_keep_the_policy_out()
    {
        var file = Some.RouteYaml("- { id: one, effect: allow, match: { paths: [\"/**\"] } }")
            + "tests: [{ name: a, request: { agent: nobody, method: GET, path: /v1 }, expect: { effect: allow, rules: [two] } }]\n";
        Assert.Single(Assert.IsType<PolicyLoad.Loaded>(Some.Load(("api.yaml", file))).Tests);
    }
}
