using System.Globalization;
using System.Text;
using AiAccessProxy.Actions.Bodies;
using AiAccessProxy.Policies.Conditions;
using FsCheck;
using FsCheck.Fluent;

namespace AiAccessProxy.Tests.Actions.Bodies;

public class KeptNumberTests
{
    [Theory]
    [InlineData("0", true)]
    [InlineData("-0", true)]
    [InlineData("0e999", true)]
    [InlineData("0.00", true)]
    [InlineData("10000", true)]
    [InlineData("2e4", true)]
    [InlineData("0.1", true)]
    [InlineData("0.30000000000000004", true)]
    [InlineData("1.0000000000000000000000", true)]
    [InlineData("1e308", true)]
    [InlineData("1e23", true)]
    [InlineData("5e-324", true)]
    [InlineData("9223372036854775807", true)]
    [InlineData("-9223372036854775808", true)]
    [InlineData("18446744073709551615", true)]
    [InlineData("18446744073709551617", false)]
    [InlineData("10000.0000000000001", false)]
    [InlineData("9999.99999999999999999", false)]
    [InlineData("0.1000000000000000055511151231257827", false)]
    [InlineData("1e309", false)]
    [InlineData("-1e999", false)]
    [InlineData("1e-400", false)]
    [InlineData("1e99999999999999999999", false)]
    [InlineData("1e-99999999999999999999", false)]
    [InlineData("100000000000000000000000000001", false)]
    public void A_number_is_kept_when_every_reader_keeps_it(string lexeme, bool kept) =>
        Assert.Equal(kept, KeptNumber.Is(Encoding.ASCII.GetBytes(lexeme)));

    [Fact]
    public void What_a_double_writes_is_kept() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Some.Runs(3000)), Prop.ForAll<double>(value =>
        {
            if (!double.IsFinite(value)) return;
            var lexeme = value.ToString("R", CultureInfo.InvariantCulture);
            Assert.True(KeptNumber.Is(Encoding.ASCII.GetBytes(lexeme)), lexeme);
        }));

    [Fact]
    public void Digits_of_any_kind_that_are_kept_are_the_double_that_readers_make_of_them()
    {
        var lexemes =
            from whole in Gen.Elements("0", "1", "10000", "9999", "123456789", "9007199254740993123", "340282366920938463463374607431768211456")
            from fraction in Gen.Elements("", ".0", ".5", ".1", ".00000000000000000001", ".99999999999999999", ".000000000000", ".123456789012345678")
            from exponent in Gen.Elements("", "e0", "E+2", "e-3", "e300", "e-320", "e400", "e-400")
            select whole + fraction + exponent;
        var kept = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Some.Runs(1500)), Prop.ForAll(lexemes.ToArbitrary(), lexeme =>
        {
            if (!KeptNumber.Is(Encoding.ASCII.GetBytes(lexeme)) || long.TryParse(lexeme, CultureInfo.InvariantCulture, out _)) return;
            kept++;
            var read = double.Parse(lexeme, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
            Assert.Equal(0, ExactNumber.Parse(lexeme)!.CompareTo(ExactNumber.Parse(read)));
        }));
        Assert.True(kept > 200, $"{kept}");
    }
}
