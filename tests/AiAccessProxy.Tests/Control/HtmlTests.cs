using AiAccessProxy.Control.Pages;

namespace AiAccessProxy.Tests.Control;

public class HtmlTests
{
    [Fact]
    public void What_the_source_says_is_markup_and_every_hole_is_text() =>
        Assert.Equal(
            "<a title=\"&quot;&#39;&lt;\">&amp; <b>x</b>7</a>",
            Html.Of($"<a title=\"{"\"'<"}\">{"&"} {Html.Of($"<b>{"x"}</b>")}{7}</a>").ToString());

    [Fact]
    public void Markup_that_was_made_into_text_by_mistake_is_shown_and_not_obeyed()
    {
        var notHtml = $"<b>{1}</b>";
        Assert.Equal("<p>&lt;b&gt;1&lt;/b&gt;</p>", Html.Of($"<p>{notHtml}</p>").ToString());
    }

    [Theory]
    [InlineData("a\u202eb", @"a\u{202e}b")]
    [InlineData("a\nb\tc", @"a\nb\tc")]
    [InlineData(@"c:\temp\new", @"c:\temp\new")]
    [InlineData(@"a\\b", @"a\\b")]
    [InlineData("\\\u200b", @"\\u{200b}")]
    public void Invisible_characters_are_spelled_out_and_backslashes_left_alone(string text, string shown) =>
        Assert.Equal(shown, Html.Of($"{text}").ToString());

    [Fact]
    public void Lines_keeps_line_feeds_and_nothing_else() => Assert.Equal("a\n&lt;b\\r\\x00", Html.Lines("a\n<b\r\0").ToString());
}
