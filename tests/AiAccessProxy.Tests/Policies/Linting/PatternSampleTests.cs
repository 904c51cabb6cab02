using AiAccessProxy.Policies.Conditions;
using AiAccessProxy.Policies.Linting;

namespace AiAccessProxy.Tests.Policies.Linting;

public class PatternSampleTests
{
    [Theory]
    [InlineData("admin")]
    [InlineData("(Get|List|Simulate)[A-Za-z]*")]
    [InlineData("(?i)drop .+")]
    [InlineData("(?:a|b){3}c{2,}d{1,4}?")]
    [InlineData("(?<name>x)(?'other'y)")]
    [InlineData("[^a-z]+")]
    [InlineData("[]x]{2}")]
    [InlineData(@"[\]\\]\d\w\s\.\x41\u0042\p{Lu}\P{L}")]
    [InlineData(@"\Ab.*?\z")]
    [InlineData("^a+$")]
    [InlineData("a{,2}")]
    [InlineData("a{")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("x*")]
    public void A_text_is_found_that_fits(string pattern)
    {
        var sample = PatternSample.Of(pattern);
        if (new TextPattern(pattern).Fits("", ignoresCase: false) == Truth.True) Assert.Null(sample);
        else Assert.Equal(Truth.True, new TextPattern(pattern).Fits(Assert.IsType<string>(sample), ignoresCase: false));
    }

    [Theory]
    [InlineData("a{1000}")]
    [InlineData("(?:a{100}){9}")]
    [InlineData("[\u3041]")]
    [InlineData("[a-z-[x]]")]
    [InlineData(@"\41")]
    public void What_is_too_long_or_too_far_away_is_given_up(string pattern) => Assert.Null(PatternSample.Of(pattern));

    [Fact]
    public void However_an_expression_is_written_it_ends_and_what_it_finds_mostly_fits()
    {
        const int Seed = 20_261_121;
        string[] parts = ["a", "b", "(", ")", "|", "[", "]", "^", "$", "\\", "{", "}", "?", "*", "+", ".", "d", "p", "<", ":", "1", ",", "-", "x", "41"];
        var random = new Random(Seed);
        var (fit, all) = (0, 0);
        for (var run = 0; run < Some.Runs(4_000); run++)
        {
            var pattern = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => parts[random.Next(parts.Length)]));
            if (Read(pattern) is not { } read) continue;
            if (PatternSample.Of(pattern) is not { } sample) continue;
            all++;
            if (read.Fits(sample, ignoresCase: false) == Truth.True) fit++;
        }

        Assert.True(all > 1_000 && fit > all * 3 / 4, $"{fit} of {all}");
    }

    private static TextPattern? Read(string pattern)
    {
        try
        {
            return new TextPattern(pattern);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
