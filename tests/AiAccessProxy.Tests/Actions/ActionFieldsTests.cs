using AiAccessProxy.Actions;

namespace AiAccessProxy.Tests.Actions;

public class ActionFieldsTests
{
    [Theory]
    [InlineData("body.amount", """{"amount":20000}""", "20000")]
    [InlineData("body", """{"amount":1}""", """{"amount":1}""")]
    [InlineData("body", "[1,2]", "[1,2]")]
    [InlineData("body.a.b", """{"a":{"b":null}}""", "null")]
    [InlineData("body.\"a.b\"", """{"a.b":1,"a":{"b":2}}""", "1")]
    [InlineData("body.items.*.amount", """{"items":[{"amount":1},{"amount":"2"}]}""", "1|\"2\"")]
    [InlineData("body.items.*.amount", """{"items":{"x":{"amount":1},"y":{"amount":2}}}""", "1|2")]
    [InlineData("body.tags.*", """{"tags":"one"}""", "\"one\"")]
    [InlineData("body.tags", """{"tags":["a","b"]}""", """["a","b"]""")]
    [InlineData("body.*.*", "[[1,2],[3]]", "1|2|3")]
    [InlineData("body.*", "7", "7")]
    public void A_field_of_the_body_gives_every_value_that_stands_there(string field, string json, string values) =>
        Assert.Equal(values, string.Join('|', Present(field, json)));

    [Theory]
    [InlineData("body.amount", "{}")]
    [InlineData("body.a.b", """{"a":null}""")]
    [InlineData("body.a.b", """{"a":{}}""")]
    [InlineData("body.items.*", """{"items":[]}""")]
    [InlineData("body.items.*.amount", """{"items":null}""")]
    [InlineData("body.items.*.amount", """{"items":[{},{"x":1}]}""")]
    public void Nothing_stands_where_a_member_is_missing_or_null_is_in_the_way(string field, string json) =>
        Assert.IsType<FieldReading.Absent>(ActionFields.Read(Some.Action(body: Some.Body(json)), Some.Field(field)));

    [Theory]
    [InlineData("body.amount", """{"Amount":20000}""")]
    [InlineData("body.amount", """{"AMOUNT":20000,"other":1}""")]
    [InlineData("body.kind", "{\"\u212Aind\":1}")]
    [InlineData("body.a.b", """{"a":"{\"b\":1}"}""")]
    [InlineData("body.a.b", """{"a":[{"b":1}]}""")]
    [InlineData("body.a.b", """{"a":7}""")]
    [InlineData("body.amount", "[1]")]
    [InlineData("body.items.*.amount", """{"items":[{"amount":1},{}]}""")]
    [InlineData("body.items.*.amount", """{"items":[{"amount":1},null]}""")]
    [InlineData("body.items.*.amount", """{"items":[{"amount":1},{"Amount":1}]}""")]
    [InlineData("body.items.*.amount", """{"items":[{"amount":1},7]}""")]
    [InlineData("body.amount", """{"amount":1,"amount":2}""")]
    [InlineData("body.amount", "{")]
    public void What_an_upstream_might_read_otherwise_is_unreadable(string field, string json) =>
        Assert.NotEmpty(Assert.IsType<FieldReading.Unreadable>(ActionFields.Read(Some.Action(body: Some.Body(json)), Some.Field(field))).Why);

    [Fact]
    public void A_body_that_was_not_read_cannot_be_told_and_one_that_is_not_there_is_absent()
    {
        var field = Some.Field("body.amount");
        Assert.IsType<FieldReading.Unreadable>(ActionFields.Read(Some.Action(body: new ActionBody.Streamed(5)), field));
        Assert.IsType<FieldReading.Absent>(ActionFields.Read(Some.Action(), field));
        Assert.IsType<FieldReading.Absent>(ActionFields.Read(Some.Action(body: Some.Body("")), field));
    }

    [Fact]
    public void A_query_parameter_gives_all_its_values_with_their_spans_in_the_target()
    {
        var action = Some.Action(target: "/a?force=yes&x=1&force=n%6F&FORCED=1");
        var values = Assert.IsType<FieldReading.Present>(ActionFields.Read(action, Some.Field("query.force"))).Values;

        Assert.Equal(["yes", "no"], values.Select(value => ((JsonNodeFact.Text)value.Json).Value));
        Assert.Equal(["yes", "n%6F"], values.Select(value => action.Head.Target.Raw.Substring(value.Json.Start, value.Json.Length)));
        Assert.IsType<FieldReading.Absent>(ActionFields.Read(action, Some.Field("query.y")));
        Assert.IsType<FieldReading.Unreadable>(ActionFields.Read(action, Some.Field("query.forced")));
    }

    [Theory]
    [InlineData("/a?x=1;force=true")]
    [InlineData("/a?x=1%3Bforce=true")]
    [InlineData("/a?;force=true")]
    [InlineData("/a?x=1%26force=true")]
    [InlineData("/a?force=false;force=true")]
    [InlineData("/a?force=true;x=1")]
    [InlineData("/a?f%256Frce=true")]
    [InlineData("/a?f%25256Frce=true")]
    [InlineData("/a?force=%2574rue")]
    [InlineData("/a?force[]=true")]
    [InlineData("/a?force%5B0%5D=true")]
    [InlineData("/a?%20force=true")]
    [InlineData("/a?+FORCE=true")]
    [InlineData("/a?f%EF%BD%8Frce=true")]
    [InlineData("/a?%EF%BC%86force=true")]
    [InlineData("/a?f%25u006Frce=true")]
    [InlineData("/a?x?force=true")]
    public void A_parameter_that_some_server_finds_elsewhere_or_reads_otherwise_is_unreadable(string target) =>
        Assert.NotEmpty(Assert.IsType<FieldReading.Unreadable>(ActionFields.Read(Some.Action(target: target), Some.Field("query.force"))).Why);

    [Theory]
    [InlineData("/a?x=force")]
    [InlineData("/a?x=force%3Dtrue")]
    [InlineData("/a?reinforce=true&forced=1")]
    [InlineData("/a?next=%2Fb%3Fc%3Dd%26e")]
    [InlineData("/a?rate=100%25&when=10:30;later")]
    [InlineData("/a?filter[force]=true")]
    public void A_parameter_that_no_server_finds_is_absent(string target) =>
        Assert.IsType<FieldReading.Absent>(ActionFields.Read(Some.Action(target: target), Some.Field("query.force")));

    [Fact]
    public void A_header_gives_all_its_values_whatever_the_case_of_its_name()
    {
        var action = Some.Action(headers: [new("X-Env", "prod"), new("x-env", "test"), new("x-other", "")]);
        var values = Assert.IsType<FieldReading.Present>(ActionFields.Read(action, Some.Field("header.X-ENV"))).Values;

        Assert.Equal(["prod", "test"], values.Select(value => ((JsonNodeFact.Text)value.Json).Value));
        Assert.All(values, value => Assert.Equal((FieldSource.Header, 0, 4), (value.Source, value.Json.Start, value.Json.Length)));
        Assert.IsType<FieldReading.Absent>(ActionFields.Read(action, Some.Field("header.x-none")));
    }

    [Theory]
    [InlineData("x-env", "dev, prod", "dev|prod")]
    [InlineData("x-env", "dev,prod \t,, x", "dev|prod||x")]
    [InlineData("x-env", "dev,", "dev|")]
    [InlineData("x-env", ",", "|")]
    [InlineData("content-type", "application/json, text/plain", "application/json|text/plain")]
    [InlineData("date", "Tue, 15 Nov 1994 08:12:31 GMT", "Tue, 15 Nov 1994 08:12:31 GMT")]
    [InlineData("authorization", "Digest a=1, b=2", "Digest a=1, b=2")]
    public void A_list_in_one_line_gives_as_many_values_as_in_several(string name, string value, string values)
    {
        var read = Assert.IsType<FieldReading.Present>(ActionFields.Read(Some.Action(headers: [new(name, value)]), Some.Field($"header.{name}"))).Values;
        Assert.Equal(values, string.Join('|', read.Select(one => ((JsonNodeFact.Text)one.Json).Value)));
        Assert.All(read, one => Assert.Equal(((JsonNodeFact.Text)one.Json).Value, value.Substring(one.Json.Start, one.Json.Length)));
    }

    [Fact]
    public void An_empty_header_is_absent_to_some_servers_and_cannot_be_told() =>
        Assert.IsType<FieldReading.Unreadable>(ActionFields.Read(Some.Action(headers: [new("x-env", "prod"), new("X-Env", "")]), Some.Field("header.x-env")));

    private static IEnumerable<string> Present(string field, string json)
    {
        var body = Some.Body(json);
        var reading = Assert.IsType<FieldReading.Present>(ActionFields.Read(Some.Action(body: body), Some.Field(field)));
        return reading.Values.Select(value => System.Text.Encoding.UTF8.GetString(body.Bytes.Span.Slice(value.Json.Start, value.Json.Length)));
    }
}
