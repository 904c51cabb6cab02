using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Tests.Policies.Conditions;

public class ExactNumberTests
{
    [Theory]
    [InlineData("20000", "2e4")]
    [InlineData("20000", "20000.0")]
    [InlineData("20000", "0.2E+5")]
    [InlineData("2e-3", "0.002")]
    [InlineData("0", "-0")]
    [InlineData("0", "0.000e99999999999999999999")]
    [InlineData("1e0000000000000000000000000000000001", "10")]
    [InlineData("1e100000000000000000000", "10e99999999999999999999")]
    [InlineData("0.1e-99999999999999999999", "1e-100000000000000000000")]
    public void Different_spellings_of_one_number_are_equal(string one, string other)
    {
        Assert.Equal(0, Compare(one, other));
        Assert.Equal(0, Compare(other, one));
    }

    [Theory]
    [InlineData("9007199254740992", "9007199254740993")]
    [InlineData("0.1", "0.1000000000000000055511151231257827")]
    [InlineData("-2", "-1")]
    [InlineData("-1e999", "1e-999")]
    [InlineData("-1", "0")]
    [InlineData("0", "1e-99999999999999999999999999")]
    [InlineData("9.99e99999999999999999999", "1e100000000000000000000")]
    [InlineData("1e99999999999999999999", "1e100000000000000000000")]
    [InlineData("-1e100000000000000000000", "-1e99999999999999999999")]
    [InlineData("1e-100000000000000000000", "1e-99999999999999999999")]
    [InlineData("1e-99999999999999999999", "1e99999999999999999999")]
    [InlineData("12", "123")]
    [InlineData("1.2", "1.23")]
    public void The_smaller_number_is_smaller(string smaller, string larger)
    {
        Assert.True(Compare(smaller, larger) < 0);
        Assert.True(Compare(larger, smaller) > 0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData("-01")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1_000")]
    [InlineData("0x10")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1,5")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("١")]
    [InlineData("1e5.5")]
    public void What_JSON_does_not_call_a_number_is_none(string text) => Assert.Null(ExactNumber.Parse(text));

    [Fact]
    public void Generated_numbers_compare_as_whole_numbers_of_any_size_do()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var run = 0; run < Some.Runs(20_000); run++)
        {
            var (one, other) = (Lexeme(random), Lexeme(random));
            var expected = Scaled(one).CompareTo(Scaled(other));
            Assert.True(Math.Sign(Compare(one, other)) == expected, $"{one} and {other} (seed {seed})");
        }
    }

    [Fact]
    public void A_megabyte_of_digits_costs_no_more_than_reading_it()
    {
        var started = Stopwatch.GetTimestamp();
        var digits = new string('9', 1 << 20);
        Assert.True(Compare($"1e{digits}", $"1e{digits}0") < 0);
        Assert.True(Compare($"1e-{digits}", "1") < 0);
        Assert.True(Compare(digits, $"{digits}.1") < 0);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30));
    }

    private static int Compare(string one, string other) => ExactNumber.Parse(one)!.CompareTo(ExactNumber.Parse(other));

    private static string Lexeme(Random random)
    {
        var whole = random.Next(3) == 0 ? "0" : random.NextInt64(1, random.Next(2) == 0 ? 20 : long.MaxValue).ToString(CultureInfo.InvariantCulture);
        var fraction = random.Next(2) == 0 ? "" : "." + random.Next(0, 2000).ToString(random.Next(2) == 0 ? "0000" : "0", CultureInfo.InvariantCulture);
        var exponent = random.Next(2) == 0 ? "" : $"e{random.Next(-30, 30).ToString("+0;-0;0", CultureInfo.InvariantCulture)}";
        return $"{(random.Next(3) == 0 ? "-" : "")}{whole}{fraction}{exponent}";
    }

    /// <summary>The number times 10^100, which is whole.</summary>
    private static BigInteger Scaled(string lexeme)
    {
        var parts = lexeme.Split('e');
        var point = parts[0].Split('.');
        var fraction = point.Length > 1 ? point[1] : "";
        var exponent = (parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0) - fraction.Length;
        return BigInteger.Parse(point[0] + fraction, CultureInfo.InvariantCulture) * BigInteger.Pow(10, exponent + 100);
    }
}
