using AiAccessProxy.Settings;
using FsCheck;
using FsCheck.Fluent;

namespace AiAccessProxy.Tests.Settings;

public class QuantityTests
{
    [Theory]
    [InlineData("50s", 50_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("1d2h3m4s5ms", 93_784_005)]
    [InlineData("0s", 0)]
    [InlineData("90m", 5_400_000)]
    [InlineData("1d5ms", 86_400_005)]
    public void A_span_is_read(string text, long milliseconds) => Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Quantity.Span(text));

    [Theory]
    [InlineData("")]
    [InlineData("50")]
    [InlineData("s")]
    [InlineData("50 s")]
    [InlineData("-5s")]
    [InlineData("+5s")]
    [InlineData("1.5h")]
    [InlineData("30m1h")]
    [InlineData("1h1h")]
    [InlineData("1h30")]
    [InlineData("1H")]
    [InlineData("1sm")]
    [InlineData("٣s")]
    [InlineData("1000000000s")]
    [InlineData("999999999d")]
    public void What_is_no_span_or_too_long_a_one_is_nothing(string text) => Assert.Null(Quantity.Span(text));

    [Theory]
    [InlineData(-1_000, "-1s")]
    [InlineData(31_536_000_001, "365d1ms")]
    [InlineData(5_400_000, "1h30m")]
    [InlineData(0, "0s")]
    public void A_span_is_written(long milliseconds, string text) => Assert.Equal(text, Quantity.Words(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void What_is_written_of_a_span_reads_as_it()
    {
        var spans = Gen.Choose(0, int.MaxValue).SelectMany(number => Gen.Elements(1, 1_000, 60_000).Select(unit => TimeSpan.FromMilliseconds((long)number * unit)));
        Prop.ForAll(spans.ToArbitrary(), span => Quantity.Span(Quantity.Words(span)) == span).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("65536", 65_536L)]
    [InlineData("64KiB", 65_536L)]
    [InlineData("1MiB", 1_048_576L)]
    [InlineData("0", 0L)]
    [InlineData("64kb", null)]
    [InlineData("KiB", null)]
    [InlineData("-1KiB", null)]
    [InlineData("1.5MiB", null)]
    public void Bytes_are_read(string text, long? bytes) => Assert.Equal(bytes, Quantity.Bytes(text));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1023, "1023")]
    [InlineData(8192, "8KiB")]
    [InlineData(134217728, "128MiB")]
    public void Bytes_are_written(long bytes, string text) => Assert.Equal(text, Quantity.Words(bytes));
}
