using System.Globalization;
using System.Text;
using AiAccessProxy.Approvals.Showing;
using FsCheck;
using FsCheck.Fluent;

namespace AiAccessProxy.Tests.Approvals.Showing;

public class ShownTextTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(Some.Runs(1_000));

    /// <summary>Pieces that hurt, among them broken UTF-8 and text that looks like an escape, mixed with anything.</summary>
    private static readonly Gen<byte[]> Hostile = Gen.OneOf(
        ArbMap.Default.GeneratorFor<byte[]>(),
        ArbMap.Default.GeneratorFor<string>().Select(text => Encoding.UTF8.GetBytes(text ?? "")),
        Gen.Choose(0, 0x10ffff).Where(value => value is < 0xd800 or > 0xdfff).Select(value => Encoding.UTF8.GetBytes(new Rune(value).ToString())),
        Gen.Elements(
            @"\", @"\\", @"\n", @"\x41", @"\u{202e}", @"\u{", @"\x", "\r\n", "\n", "\t", "\0", "\u007f", "\u0085", "\u00a0", "\u00ad",
            "\u200b", "\u200d", "\u2028", "\u202e", "\u2066", "\u2069", "\ufeff", "\ufe0f", "\ufffd", "\U000e0041", "\U000e0100",
            "e\u0301", "e\u0301\u0301\u0301\u0301", "\u0301", "ऐ\u0940", "\u3164", "\u2800", "1000 \u05d0 2000", "👩\u200d🔬").Select(Encoding.UTF8.GetBytes),
        Gen.Elements<byte[]>([0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf0, 0x9f], [0xe2, 0x82], [0x80], [0xf4, 0x90, 0x80, 0x80]));

    private static readonly Arbitrary<byte[]> Bytes =
        Hostile.ListOf().Select(pieces => pieces.SelectMany(piece => piece).ToArray()).ToArbitrary();

    [Fact]
    public void The_bytes_can_be_had_back_from_what_is_shown() =>
        Check.One(Many, Prop.ForAll(Bytes, ArbMap.Default.ArbFor<bool>(), (bytes, multiline) =>
            ShownText.Unescape(ShownText.Escape(bytes, multiline)).AsSpan().SequenceEqual(bytes)));

    [Fact]
    public void Different_bytes_never_look_the_same() =>
        Check.One(Many, Prop.ForAll(Bytes, Bytes, (one, other) =>
            one.AsSpan().SequenceEqual(other) || ShownText.Escape(one, true) != ShownText.Escape(other, true)));

    [Fact]
    public void Nothing_invisible_or_directional_is_shown_as_itself() =>
        Check.One(Many, Prop.ForAll(Bytes, bytes =>
            ShownText.Escape(bytes, multiline: false).EnumerateRunes().All(IsHarmless)));

    [Fact]
    public void No_single_character_of_Unicode_is_shown_as_itself_when_it_is_invisible()
    {
        for (var value = 0; value <= 0x10ffff; value++)
        {
            if (!Rune.IsValid(value)) continue;
            var bytes = Encoding.UTF8.GetBytes(new Rune(value).ToString());
            var shown = ShownText.Escape(bytes, multiline: false);
            Assert.True(shown.EnumerateRunes().All(IsHarmless), $"U+{value:X}");
            Assert.Equal(bytes, ShownText.Unescape(shown));
        }
    }

    [Fact]
    public void A_text_that_does_not_fit_is_cut_between_characters_and_what_was_shown_is_counted() =>
        Check.One(Many, Prop.ForAll(Bytes, Gen.Choose(0, 40).ToArbitrary(), (bytes, room) =>
        {
            var text = new StringBuilder();
            var shown = ShownText.Append(text, bytes, multiline: true, room);
            return text.Length <= room && ShownText.Unescape(text.ToString()).AsSpan().SequenceEqual(bytes.AsSpan(0, shown))
                && (shown == bytes.Length || text.Length + 10 > room);
        }));

    [Theory]
    [InlineData("plain text, ünïcode, 日本語, עברית, 🙂", "plain text, ünïcode, 日本語, עברית, 🙂")]
    [InlineData("a\\b", @"a\\b")]
    [InlineData("a\u202eb", @"a\u{202e}b")]
    [InlineData("a\r\nb\tc\0", "a\\r\nb\\tc\\x00")]
    [InlineData("tag\U000e0041", @"tag\u{e0041}")]
    [InlineData("e\u0301", "e\u0301")]
    [InlineData("=\u0338", @"=\u{338}")]
    public void In_a_body_it_looks_like_this(string text, string shown) =>
        Assert.Equal(shown, ShownText.Escape(Encoding.UTF8.GetBytes(text), multiline: true));

    [Fact]
    public void Bytes_that_are_no_text_are_shown_one_by_one() =>
        Assert.Equal(@"a\xff\xc0\xafb", ShownText.Escape([(byte)'a', 0xff, 0xc0, 0xaf, (byte)'b'], multiline: true));

    [Fact]
    public void A_line_feed_outside_a_body_is_escaped() => Assert.Equal(@"a\nb", ShownText.Escape("a\nb"u8, multiline: false));

    [Theory]
    [InlineData(@"\")]
    [InlineData(@"\q")]
    [InlineData(@"\u{}")]
    [InlineData(@"\u{41")]
    public void What_is_no_escape_is_refused(string safe) => Assert.Throws<FormatException>(() => ShownText.Unescape(safe));

    /// <summary>Written apart from the product's own table: by ranges of what Unicode calls default-ignorable, bidirectional or blank.</summary>
    private static bool IsHarmless(Rune rune)
    {
        var value = rune.Value;
        if (value is < 0x20 or (>= 0x7f and <= 0xa0) or 0xad or 0x34f or 0x61c or 0x115f or 0x1160 or 0x1680 or 0x180e or 0x3000 or 0x3164 or 0xfeff or 0xffa0)
            return false;
        if (value is (>= 0x2000 and <= 0x200f) or (>= 0x2028 and <= 0x202f) or (>= 0x205f and <= 0x206f) or 0x2800) return false;
        if (value is (>= 0xfe00 and <= 0xfe0f) or (>= 0xfff0 and <= 0xfffc) or (>= 0x1d173 and <= 0x1d17a) or (>= 0xe0000 and <= 0xe0fff)) return false;
        return Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);
    }
}
