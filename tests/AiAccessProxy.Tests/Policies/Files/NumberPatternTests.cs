using System.Globalization;
using System.Text.RegularExpressions;
using AiAccessProxy.Policies.Files.Shapes;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Tests.Policies.Files;

/// <summary>Ranges as regular expressions say what the readers say.</summary>
public class NumberPatternTests
{
    private static readonly string[] Spans = ["ms", "s", "m", "h", "d"];
    private static readonly string[] Sizes = ["", "KiB", "MiB"];

    [Fact]
    public void A_range_fits_its_numbers_and_no_others()
    {
        var random = new Random(20_261_121);
        for (var run = 0; run < Some.Runs(400); run++)
        {
            var most = random.NextInt64((long)Math.Pow(10, random.Next(1, 9)));
            var least = random.NextInt64(most + 1);
            var range = new Regex($"^{NumberPattern.Of(least, most)}$", RegexOptions.NonBacktracking);
            foreach (var number in Enumerable.Range(-2, 5).SelectMany(near => new[] { least + near, most + near }).Append(random.NextInt64(2 * (most + 1))).Where(number => number >= 0))
                Assert.True(range.IsMatch(number.ToString(CultureInfo.InvariantCulture)) == (number >= least && number <= most), $"{number} in {least} to {most}");
        }
    }

    [Fact]
    public void Spans_and_sizes_are_those_that_the_readers_take()
    {
        var random = new Random(20_261_122);
        var (least, most) = (TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        var (spans, sizes) = (new Regex(NumberPattern.OfSpans(least, most)), new Regex(NumberPattern.OfSizes(64 << 20)));
        for (var run = 0; run < Some.Runs(2_000); run++)
        {
            var number = random.Next((int)Math.Pow(10, random.Next(1, 9)));
            var span = $"{number}{Spans[random.Next(5)]}";
            Assert.True(spans.IsMatch(span) == (Quantity.Span(span) is { } read && read >= least && read <= most), span);
            var size = $"{number}{Sizes[random.Next(3)]}";
            Assert.True(sizes.IsMatch(size) == Quantity.Bytes(size) is > 0 and <= 64 << 20, size);
        }
    }
}
