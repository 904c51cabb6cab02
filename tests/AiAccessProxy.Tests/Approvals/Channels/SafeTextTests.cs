using System.Text;
using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Approvals.Showing;

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
    public void It_says_what_was_said_and_fills_in_nothing(string raw, string text)
    {
        Assert.Equal(text, SafeText.Of(raw, 1000).Text);
        Assert.True(SafeText.Of(raw, 1000).IsWhole);
    }

    [Fact]
    public void The_bytes_can_be_had_back_and_what_has_no_room_is_counted()
    {
        var random = new Random(7);
        string[] pieces = ["{", "{{", "${", " ", "  ", "\n", "\\", "\u202e", "é", "\U0001f600", "a", "\u0301", "}", "$", "\u00a0", "\t", "x{7b}"];
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
        }
    }
}
