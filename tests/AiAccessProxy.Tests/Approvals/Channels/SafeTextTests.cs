using System.Text;
using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Approvals.Showing;
using AiAccessProxy.Tests.Approvals.Showing;

namespace AiAccessProxy.Tests.Approvals.Channels;

public class SafeTextTests
{
    [Theory]
    [InlineData("Refund 20000 EUR", "Refund 20000 EUR")]
    [InlineData("{{DATE(2026-01-01T00:00:00Z)}}", @"{\u{7b}DATE(2026-01-01T00:00:00Z)}}")]
    [InlineData("${amount}", @"$\u{7b}amount}")]
    [InlineData("{{{", @"{\u{7b}\u{7b}")]
    [InlineData("a  b", "a \u00a0b")]
    [InlineData(" a ", "\u00a0a\u00a0")]
    [InlineData("a\u00a0b", @"a\u{a0}b")]
    [InlineData("a\nb", @"a\nb")]
    [InlineData("\u202eevil", @"\u{202e}evil")]
    [InlineData("a\u200bb", @"a\u{200b}b")]
    [InlineData(@"\u{7b}", @"\\u{7b}")]
    [InlineData("{\"\u05d0\":1000,\"\u05d1\":5}", @"{""\u{5d0}"":1000,""\u{5d1}"":5}")]
    [InlineData(@"\u{5d0}", @"\\u{5d0}")]
    public void It_says_what_was_said_and_fills_in_nothing(string raw, string text)
    {
        Assert.Equal(text, SafeText.Of(raw, 1000).Text);
        Assert.True(SafeText.Of(raw, 1000).IsWhole);
    }

    [Fact]
    public void No_character_of_Unicode_that_runs_from_right_to_left_stands_for_itself()
    {
        for (var value = 0; value <= 0x10ffff; value++)
        {
            if (!Rune.IsValid(value)) continue;
            var raw = new Rune(value).ToString();
            var safe = SafeText.Of(raw, 20);
            BidiClasses.AssertNone(safe.Text);
            BidiClasses.AssertNone(SafeText.OfShown(ShownText.Escape(Encoding.UTF8.GetBytes(raw), multiline: true), 20).Text);
            Assert.Equal(Encoding.UTF8.GetBytes(raw), ShownText.Unescape(SafeText.Sent(safe.Text)));
        }
    }

    [Fact]
    public void The_bytes_can_be_had_back_and_what_has_no_room_is_counted()
    {
        var random = new Random(7);
        string[] pieces = ["{", "{{", "${", " ", "  ", "\n", "\\", "\u202e", "é", "\U0001f600", "a", "\u0301", "}", "$", "\u00a0", "\t", "x{7b}", .. BidiClasses.Mixed];
        for (var run = 0; run < Some.Runs(2000); run++)
        {
            var raw = string.Concat(random.GetItems(pieces, random.Next(30)));
            var room = random.Next(60);
            var safe = SafeText.Of(raw, room);

            var bytes = Encoding.UTF8.GetBytes(raw);
            Assert.True(safe.Text.Length <= room, $"{raw} in {room}");
            Assert.Equal(bytes[..^safe.Missing], ShownText.Unescape(SafeText.Sent(safe.Text)));
            Assert.DoesNotContain("{{", safe.Text);
            Assert.DoesNotContain("${", safe.Text);
            Assert.DoesNotContain("  ", safe.Text);
            Assert.DoesNotContain('\n', safe.Text);
            BidiClasses.AssertNone(safe.Text);
        }
    }
}
