using AiAccessProxy.Actions;
using FsCheck;
using FsCheck.Fluent;

namespace AiAccessProxy.Tests.Actions;

public class FieldPathTests
{
    [Theory]
    [InlineData("body", "body")]
    [InlineData("body.amount", "body.amount")]
    [InlineData("body.items.*.amount", "body.items.*.amount")]
    [InlineData("body.\"a.b\".c", "body.\"a.b\".c")]
    [InlineData("body.\"plain\"", "body.plain")]
    [InlineData("body.\"*\"", "body.\"*\"")]
    [InlineData("body.\"\"", "body.\"\"")]
    [InlineData("body.\"say \\\"hi\\\" \\\\\"", "body.\"say \\\"hi\\\" \\\\\"")]
    [InlineData("query.match[]", "query.match[]")]
    [InlineData("header.X-Env", "header.x-env")]
    [InlineData("path.charge", "path.charge")]
    [InlineData("form.Action", "form.Action")]
    [InlineData("form.card[number]", "form.card[number]")]
    [InlineData("form.\"Tag.1\"", "form.\"Tag.1\"")]
    public void A_field_has_one_spelling(string text, string spelled)
    {
        var path = Some.Field(text);
        Assert.Equal(spelled, path.Text);
        Assert.Equal(path, Some.Field(spelled));
        Assert.Equal(path.Steps, Some.Field(spelled).Steps);
    }

    [Theory]
    [InlineData("", "field starts with path, query, header, body or form")]
    [InlineData("amount", "field starts with path, query, header, body or form")]
    [InlineData("Body.amount", "field starts with path, query, header, body or form")]
    [InlineData("forms.Action", "field starts with path, query, header, body or form")]
    [InlineData("body.", "a name is missing")]
    [InlineData("body..a", "a name is missing")]
    [InlineData("body.a b", "'.' expected")]
    [InlineData("body.\"a", "closing quote")]
    [InlineData("body.\"a\\", "closing quote")]
    [InlineData("body.\"a\\n\"", "only \\\" and \\\\ are escapes")]
    [InlineData("body.\"a\"b", "'.' expected")]
    [InlineData("body.{a}", "a name is missing")]
    [InlineData("query", "takes one name")]
    [InlineData("query.a.b", "takes one name")]
    [InlineData("query.*", "takes one name")]
    [InlineData("header.a.b", "takes one name")]
    [InlineData("path.*", "takes one name")]
    public void A_field_that_names_nothing_is_refused_with_what_would_be_right(string text, string said)
    {
        Assert.False(FieldPath.TryParse(text, out _, out var error));
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_name_can_be_written_and_is_read_back()
    {
        var names = Gen.Elements("a", "*", ".", "\"", "\\", " ", "{", "}", "é", "\n", "K", "b-c", "").ArrayOf().Select(string.Concat<string>);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Some.Runs(5_000)), Prop.ForAll(names.ToArbitrary(), name =>
        {
            var quoted = name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            var path = Some.Field($"body.\"{quoted}\".*");
            Assert.Equal([new FieldStep(name), new FieldStep(null)], path.Steps);
            Assert.Equal(path.Steps, Some.Field(path.Text).Steps);
        }));
    }

    [Fact]
    public void No_text_makes_the_reader_throw()
    {
        var texts = Gen.Elements("body", ".", "\"", "\\", "*", "a", " ", "header", "query", "{").ArrayOf().Select(string.Concat<string>);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Some.Runs(10_000)), Prop.ForAll(texts.ToArbitrary(), text =>
            Assert.True(FieldPath.TryParse(text, out var path, out var error) ? path is not null : error is not null)));
    }
}
