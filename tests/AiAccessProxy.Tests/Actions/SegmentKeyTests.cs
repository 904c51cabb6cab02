using AiAccessProxy.Actions;

namespace AiAccessProxy.Tests.Actions;

/// <summary>Keys may be equal where texts differ; what any server might take for the same must never have two.</summary>
public class SegmentKeyTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_123;
    private const string Characters = "aAbkK.. ++\t-_~1jsonxml@:";

    [Fact]
    public void Texts_that_some_server_takes_for_one_have_one_key()
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var (alike, apart) = (0, 0);
        for (var run = 0; run < Some.Runs(400_000); run++)
        {
            var written = Text(random);
            var sent = random.Next(3) == 0 ? Text(random) : Changed(written, random);
            var compare = new SegmentText(random.Next(2) == 0, random.Next(2) == 0);
            if (SegmentText.KeyOf(written) != SegmentText.KeyOf(sent))
            {
                apart++;
                Assert.True(compare.Compare(written, sent) == Sameness.Different, $"'{written}' '{sent}' {compare}");
                Assert.True(compare.Compare(sent, written) == Sameness.Different, $"'{sent}' '{written}' {compare}");
            }
            else if (written != sent && compare.Compare(written, sent) != Sameness.Different)
            {
                alike++;
            }
        }

        output.WriteLine($"{alike} alike, {apart} apart");
        Assert.True(alike > 10_000 && apart > 10_000, $"{alike} {apart}");
    }

    [Theory]
    [InlineData("Users", "USERS")]
    [InlineData("users.json", "USERS")]
    [InlineData(" users+.", "USERS")]
    [InlineData("a+b", "A B")]
    [InlineData("v1.0", "V1")]
    [InlineData(".x", "")]
    [InlineData("", "")]
    [InlineData("café", null)]
    [InlineData("\u212A", null)]
    public void A_key_is_what_is_left_of_a_text_for_the_loosest_server(string text, string? key) => Assert.Equal(key, SegmentText.KeyOf(text));

    private static string Text(Random random) => new(random.GetItems(Characters.AsSpan(), random.Next(7)));

    private static string Changed(string text, Random random)
    {
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            text = random.Next(8) switch
            {
                0 => text.ToUpperInvariant(),
                1 => text.ToLowerInvariant(),
                2 => text + random.GetItems<string>([".json", ".XML", ".x", ".tar.gz", "."], 1)[0],
                3 => random.GetItems<string>([" ", "+", "\t"], 1)[0] + text,
                4 => text + random.GetItems<string>([" ", "+", "\t"], 1)[0],
                5 => text.Replace(' ', '+'),
                6 when text.LastIndexOf('.') is > 0 and var dot => text[..dot],
                _ => text.Replace('+', ' '),
            };
        }

        return text;
    }
}
