using AiAccessProxy.Actions;
using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Tests.Policies.Conditions;

/// <summary>What is asked of a text of the query holds of whatever a server reads for it, or is unknown.</summary>
public class QueryTextOperatorTests
{
    /// <summary>What servers do with a plus and with spaces around a value.</summary>
    private static readonly Func<string, string>[] Servers =
        [text => text, text => text.Replace('+', ' '), text => text.Trim(), text => text.Replace('+', ' ').Trim(), text => text.Replace(' ', '+')];

    [Fact]
    public void No_server_reads_a_text_that_an_operator_is_sure_of_otherwise()
    {
        var (random, call) = (new Random(20_261_121), new Circumstances(Some.Action()));
        var sure = 0;
        for (var run = 0; run < Some.Runs(5_000); run++)
        {
            var (sent, part) = (Drawn(random, 5), Drawn(random, 3));
            Operand.Text operand = new(new RuleText(part));
            foreach (var (wanted, holds) in new (Operator, Func<string, bool>)[]
            {
                (new Operator.Contains(operand), text => text.Contains(part, StringComparison.Ordinal)),
                (new Operator.StartsWith(operand), text => text.StartsWith(part, StringComparison.Ordinal)),
                (new Operator.EndsWith(operand), text => text.EndsWith(part, StringComparison.Ordinal)),
                (new Operator.Matches(new TextPattern(System.Text.RegularExpressions.Regex.Escape(part))), text => text == part),
            })
            {
                var value = new FieldValue(FieldSource.Query, new JsonNodeFact.Text(0, sent.Length, sent));
                var truth = SpelledText.Judge(value, (text, _) => Kleene.Of(holds(text)));
                Assert.Equal(truth, wanted.JudgeOne(value, call));
                if (truth == Truth.Unknown) continue;
                sure++;
                Assert.All(Servers, server => Assert.Equal(truth == Truth.True, holds(server(sent))));
            }
        }

        Assert.True(sure > 5_000, $"{sure} sure");
    }

    [Theory]
    [InlineData("d+e", Truth.Unknown)]
    [InlineData("d e", Truth.Unknown)]
    [InlineData("\u00e9", Truth.Unknown)]
    [InlineData("de", Truth.False)]
    public void A_deny_catches_what_a_server_may_read(string sent, object expected) =>
        Assert.Equal(expected, SpelledText.Judge(new FieldValue(FieldSource.Query, new JsonNodeFact.Text(0, sent.Length, sent)), (text, _) => Kleene.Of(text.Contains("d ", StringComparison.Ordinal))));

    private static string Drawn(Random random, int most) => string.Concat(Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => "ad+ "[random.Next(4)]));
}
