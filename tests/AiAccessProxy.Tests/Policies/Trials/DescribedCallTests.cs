using System.Text;
using AiAccessProxy.Policies.Files;
using AiAccessProxy.Policies.Trials;

namespace AiAccessProxy.Tests.Policies.Trials;

/// <summary>What the words of a test become on the wire.</summary>
public class DescribedCallTests
{
    [Theory]
    [InlineData("{ amount: 2e4, note: \"2e4\", who: ada, flag: true, none: null, list: [1, { a: -0.50 }], empty: \"\" }",
        """{"amount":2e4,"note":"2e4","who":"ada","flag":true,"none":null,"list":[1,{"a":-0.50}],"empty":""}""")]
    [InlineData("[\"${env:SECRET}\", å, \"a\\\"b\"]", """["${env:SECRET}","å","a\"b"]""")]
    [InlineData("12345678901234567890.123456789", "12345678901234567890.123456789")]
    [InlineData("{}", "{}")]
    [InlineData("text", "\"text\"")]
    public void A_body_is_sent_as_JSON_with_each_number_as_it_is_written(string yaml, string json)
    {
        var call = Read($"body: {yaml}");
        Assert.Equal((json, "application/json"), (Encoding.UTF8.GetString(call.Body!.Value.Span), call.ContentType));
    }

    [Fact]
    public void A_form_and_a_query_are_encoded_and_may_repeat_a_name()
    {
        var call = Read("form: { Action: [GetUser, DeleteUser], name: \"a b&c=d\", empty: \"\" }, query: { \"x y\": å, n: 5 }");
        Assert.Equal("Action=GetUser&Action=DeleteUser&name=a%20b%26c%3Dd&empty=", Encoding.UTF8.GetString(call.Body!.Value.Span));
        Assert.Equal(("application/x-www-form-urlencoded", "/v1?x%20y=%C3%A5&n=5"), (call.ContentType, call.Path));
    }

    [Fact]
    public void A_raw_body_is_sent_as_it_is_with_the_type_that_the_headers_say()
    {
        var call = Read("raw_body: \"{\", headers: { Content-Type: application/json, X-Env: [a, b] }");
        Assert.Equal("{", Encoding.UTF8.GetString(call.Body!.Value.Span));
        Assert.Equal([new("Content-Type", "application/json"), new("X-Env", "a"), new("X-Env", "b")], call.Headers);
        Assert.Equal("application/json", TrialRequest.Of(call, null).Request.ContentType);
        Assert.Equal(0, Read("raw_body: \"\"").Body!.Value.Length);
    }

    [Fact]
    public void Person_host_and_time_are_read()
    {
        var call = Read("on_behalf_of: person:joan, host: api.test, time: 2026-03-29T02:30:00+01:00");
        Assert.Equal(("joan", "api.test", new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero)), (call.OnBehalfOf, call.Host, call.Time!.Value.ToUniversalTime()));
    }

    private static TrialCall Read(string more)
    {
        var file = Some.RouteYaml("- { id: one, effect: allow, match: { paths: [\"/**\"] } }")
            + $"tests: [{{ name: a, request: {{ agent: billing-bot, method: GET, path: /v1, {more} }}, expect: {{ effect: allow }} }}]\n";
        return Assert.Single(Assert.IsType<PolicyLoad.Loaded>(Some.Load(("api.yaml", file))).Tests).Call;
    }
}
