using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Actions.Bodies;

namespace AiAccessProxy.Tests.Actions.Bodies;

public class FormTests
{
    private const string Type = "application/x-www-form-urlencoded";

    [Theory]
    [InlineData("----WebKitFormBoundary7MA4YWxkTrZu0gW")]
    [InlineData("axios-1.7.7-boundary-jZ1kqB0vT3x_Yw")]
    [InlineData("----formdata-undici-029463736153")]
    public void The_boundaries_of_browsers_and_clients_are_read(string boundary)
    {
        var action = Form($"--{boundary}\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--{boundary}--\r\n", $"multipart/form-data; boundary={boundary}");
        Assert.IsNotType<BodyFacts.Unreadable>(Assert.IsType<ActionBody.Whole>(action.Body).Facts);
    }

    [Fact]
    public void A_field_of_a_urlencoded_form_is_read_decoded_with_the_span_of_what_is_sent()
    {
        var action = Form("Action=DeleteUser&UserName=Ad%C3%A9le+B%2B&Tag.1=a&Tag.1=b&empty=&bare");

        Assert.Equal([("DeleteUser", "DeleteUser")], Values(action, "form.Action"));
        Assert.Equal([("Adéle B+", "Ad%C3%A9le+B%2B")], Values(action, "form.UserName"));
        Assert.Equal([("a", "a"), ("b", "b")], Values(action, "form.\"Tag.1\""));
        Assert.IsType<FieldReading.Absent>(Read(action, "form.Nothing"));
        Assert.Single(Assert.IsType<FieldReading.Unreadable>(Read(action, "form.empty")).Places!);
        Assert.Single(Assert.IsType<FieldReading.Unreadable>(Read(action, "form.bare")).Places!);
    }

    [Fact]
    public void A_field_of_a_multipart_form_is_read_with_the_span_of_its_text_and_a_file_is_not_looked_into()
    {
        var body = "--B-1\r\nContent-Disposition: form-data; name=\"Action\"\r\n\r\nDelete é\r\n"
            + "--B-1\r\nContent-Type: image/png\r\nContent-Disposition: form-data; name=file; filename=\"ü.png\"; filename*=utf-8''%C3%BC.png\r\n\r\n\u0001\u0002\r\n"
            + "--B-1--\r\n";
        var action = Form(body, "multipart/form-data; boundary=\"B-1\"");

        Assert.Equal([("Delete é", "Delete é")], Values(action, "form.Action"));
        var file = Assert.IsType<FieldReading.Unreadable>(Read(action, "form.file"));
        var start = Encoding.UTF8.GetByteCount(body[..body.IndexOf((char)1, StringComparison.Ordinal)]);
        Assert.Equal([(start, 2)], file.Places!.Select(place => (place.Json.Start, place.Json.Length)));
    }

    [Theory]
    [InlineData("Action", "action=x")]
    [InlineData("Action", "ACTION=x&Action=y")]
    [InlineData("\"a.b\"", "a_b=x")]
    [InlineData("\"a b\"", "a.b=x")]
    [InlineData("a_b", "a[b=x")]
    [InlineData("card", "card[number]=x")]
    [InlineData("card[number]", "card=x")]
    [InlineData("card[number]", "card.number=x")]
    [InlineData("card[number]", "Card[Number]=x")]
    [InlineData("list", "list[]=x")]
    [InlineData("Action", "+Action=x")]
    [InlineData("k", "%E2%84%AA=x")]
    [InlineData("Action", "%2541ction=x")]
    [InlineData("Action", "%EF%BC%A1ction=x")]
    [InlineData("Action", "Action=%2544elete")]
    [InlineData("Action", "Action=%EF%BC%A4elete")]
    public void A_name_or_value_that_some_upstream_takes_for_another_makes_the_field_unreadable_and_it_is_still_found(string field, string form)
    {
        var reading = Assert.IsType<FieldReading.Unreadable>(Read(Form(form), $"form.{field}"));
        Assert.NotEmpty(reading.Places!);
    }

    [Fact]
    public void Names_that_no_upstream_takes_for_each_other_stand_side_by_side()
    {
        var action = Form("card[number]=4242&card[exp]=12&Filter.1.Name=a&Filter.2.Name=b&Actions=x");
        Assert.Equal([("4242", "4242")], Values(action, "form.card[number]"));
        Assert.Equal([("b", "b")], Values(action, "form.\"Filter.2.Name\""));
        Assert.IsType<FieldReading.Absent>(Read(action, "form.Action"));
    }

    [Theory]
    [InlineData("Action=Read;Action=Delete")]
    [InlineData("a=%zz")]
    [InlineData("a=%4")]
    [InlineData("a=%FF")]
    [InlineData("a=%00")]
    [InlineData("a=%41")]
    [InlineData("%61=b")]
    [InlineData("a=b\n")]
    [InlineData("a=é")]
    [InlineData("_charset_=utf-7&a=b")]
    public void A_form_that_readers_disagree_on_is_unreadable(string form) =>
        Assert.IsType<BodyFacts.Unreadable>(((ActionBody.Whole)Form(form).Body).Facts);

    [Fact]
    public void A_form_has_as_many_fields_as_every_framework_reads()
    {
        Assert.IsType<BodyFacts.Form>(UrlEncodedForm.Read(Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Repeat("a=1", 1000)))));
        Assert.IsType<BodyFacts.Unreadable>(UrlEncodedForm.Read(Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Repeat("a=1", 1001)))));
    }

    [Fact]
    public void JSON_has_no_form_fields_that_could_be_told_and_a_form_none_of_JSON()
    {
        Assert.IsType<FieldReading.Unreadable>(Read(Form("amount=1"), "body.amount"));
        Assert.IsType<FieldReading.Unreadable>(Read(Some.Action("POST", body: Some.Body("""{"amount":1}""")), "form.amount"));
        Assert.IsType<FieldReading.Absent>(Read(Some.Action("POST"), "form.amount"));
        Assert.IsType<FieldReading.Absent>(Read(Form(""), "form.amount"));
    }

    [Theory]
    [InlineData("_method=DELETE", Type)]
    [InlineData("_METHOD=DELETE", Type)]
    [InlineData("a=b&.method=DELETE", Type)]
    [InlineData("+method=DELETE", Type)]
    [InlineData("_method[]=DELETE", Type)]
    [InlineData("%255Fmethod=DELETE", Type)]
    [InlineData("X-HTTP%252DMethod-Override=DELETE", Type)]
    [InlineData("X-HTTP-Method-Override=PUT", Type)]
    [InlineData("--B\r\nContent-Disposition: form-data; name=\"_method\"\r\n\r\nDELETE\r\n--B--", "multipart/form-data; boundary=B")]
    [InlineData("""{"_method":"DELETE"}""", "application/json")]
    [InlineData("""{"_Method":"DELETE"}""", "application/vnd.api+json")]
    [InlineData("_method=%zz", Type)]
    [InlineData("x", "multipart/form-data")]
    [InlineData("x", "multipart/related; boundary=B")]
    [InlineData("_method=DELETE", "text/x; application/x-www-form-urlencoded")]
    public void A_body_that_may_ask_for_another_method_is_doubtful(string body, string type) =>
        Assert.Equal([Ambiguity.MethodOverride], Form(body, type).Doubts.Select(doubt => doubt.Kind));

    [Fact]
    public void A_body_without_a_media_type_may_be_a_form()
    {
        var body = ((BodyReading.Read)WholeBody.Of(Some.Head("POST"), "_method=DELETE"u8.ToArray(), 100)).Body;
        Assert.Equal(Ambiguity.MethodOverride, Assert.Single(((ActionBody.Whole)body).Doubts).Kind);
    }

    [Theory]
    [InlineData("method=DELETE", Type)]
    [InlineData("Action=_method", Type)]
    [InlineData("""{"a":{"_method":"DELETE"}}""", "application/json")]
    [InlineData("_method=DELETE", "text/plain")]
    public void A_body_that_asks_for_no_other_method_is_not(string body, string type) => Assert.Empty(Form(body, type).Doubts);

    [Fact]
    public void A_compressed_form_is_unreadable_though_a_JSON_document_is_not()
    {
        Assert.IsType<BodyFacts.Unreadable>(((ActionBody.Whole)Form(Compressed.As("gzip", "a=b"), Type, "gzip").Body).Facts);
        var json = (ActionBody.Whole)Form(Compressed.As("gzip", """{"a":"b"}"""), "application/json", "gzip").Body;
        Assert.IsType<BodyFacts.Json>(json.Facts);
        Assert.Equal("gzip", json.Coding);
        Assert.Equal("""{"a":"b"}""", Encoding.UTF8.GetString(json.Document.Span));
        Assert.Equal(Compressed.As("gzip", """{"a":"b"}"""), json.Bytes.ToArray());
    }

    private static ApiAction Form(string body, string type = Type) => Form(Encoding.UTF8.GetBytes(body), type, null);

    private static ApiAction Form(byte[] body, string type, string? coding)
    {
        HeaderField[] headers = [new("Content-Type", type), .. coding is null ? Array.Empty<HeaderField>() : [new("Content-Encoding", coding)]];
        var head = Some.Head("POST", headers: headers);
        return new(head, Assert.IsType<BodyReading.Read>(WholeBody.Of(head, body, 1 << 20)).Body);
    }

    private static FieldReading Read(ApiAction action, string field) => ActionFields.Read(action, Some.Field(field));

    private static IEnumerable<(string Value, string Sent)> Values(ApiAction action, string field) =>
        Assert.IsType<FieldReading.Present>(Read(action, field)).Values.Select(value => (
            ((JsonNodeFact.Text)value.Json).Value,
            Encoding.UTF8.GetString(((ActionBody.Whole)action.Body).Document.Span.Slice(value.Json.Start, value.Json.Length))));
}
