using System.Globalization;
using System.Text;
using AiAccessProxy.Commands;
using FsCheck;
using FsCheck.Fluent;

namespace AiAccessProxy.Tests.Commands;

public class TerminalTextTests
{
    private static readonly Gen<string> Hostile = Gen.OneOf(
            Gen.Elements("\u001b[2J", "\u001b]0;title\u0007", "\u009b31m", "\r", "\n", "\u202e", "\u200b", "\u2028", "\U000e0041", "\\", "\ud800"),
            Gen.Choose(0, 0xffff).Select(value => ((char)value).ToString()),
            Gen.Elements("delete", "é", "漢", "😀"))
        .ListOf().Select(string.Concat);

    [Fact]
    public void Nothing_comes_through_that_moves_a_terminal_or_hides()
    {
        Prop.ForAll(Hostile.ToArbitrary(), text => TerminalText.Of(text).EnumerateRunes().All(rune =>
                Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                    or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Some.Runs(1000)));
    }

    [Fact]
    public void Text_that_is_cut_says_so()
    {
        Assert.Equal("abc", TerminalText.Of("abc", 3));
        Assert.Equal("ab…", TerminalText.Of("abcd", 3));
    }
}
