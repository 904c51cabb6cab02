using System.Globalization;
using System.Text;
using AiAccessProxy.Commands;
using AiAccessProxy.Tests.Approvals.Showing;
using FsCheck;
using FsCheck.Fluent;

namespace AiAccessProxy.Tests.Commands;

public class TerminalTextTests
{
    private static readonly Gen<string> Hostile = Gen.OneOf(
            Gen.Elements("\u001b[2J", "\u001b]0;title\u0007", "\u009b31m", "\r", "\n", "\u202e", "\u200b", "\u2028", "\U000e0041", "\\", "\ud800"),
            Gen.Choose(0, 0xffff).Select(value => ((char)value).ToString()),
            Gen.Elements(BidiClasses.Mixed),
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
    public void Nothing_changes_places_on_a_terminal_that_lays_letters_from_right_to_left()
    {
        Assert.Equal(@"{""\u{5d0}"":1000,""\u{5d1}"":5} \\u{5d0}", TerminalText.Of("{\"\u05d0\":1000,\"\u05d1\":5} \\u{5d0}"));
        Prop.ForAll(Hostile.ToArbitrary(), text =>
            {
                BidiClasses.AssertNone(TerminalText.Of(text));
                Assert.All(TerminalText.Lines(text), BidiClasses.AssertNone);
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Some.Runs(1000)));
    }

    [Fact]
    public void Text_that_is_cut_says_so()
    {
        Assert.Equal("abc", TerminalText.Of("abc", 3));
        Assert.Equal("ab…", TerminalText.Of("abcd", 3));
    }
}
