using AiAccessProxy.Actions;
using AiAccessProxy.Tests.Architecture;

namespace AiAccessProxy.Tests.Documentation;

/// <summary>What docs/http.md says is true.</summary>
public class HttpTests
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("docs/http.md"));

    [Fact]
    public void Every_opt_in_is_documented_with_what_it_admits_and_risks_and_who_needs_it()
    {
        var section = Text.Split("\n## ").Single(part => part.StartsWith("Opt-ins", StringComparison.Ordinal));
        var rows = Markdown.Rows(section);

        Assert.Equal(OptIns.ByName.Keys.Order(), rows.Select(row => row[0].Trim('`')).Order());
        Assert.All(rows, row => Assert.True(row.Length == 4 && row.All(cell => cell.Length > 0), row[0]));
    }

    [Theory]
    [InlineData("/x y")]
    [InlineData("/x\\y")]
    [InlineData("/%4")]
    [InlineData("/%u0061")]
    [InlineData("/%2D")]
    [InlineData("/x/..;x")]
    [InlineData("/x/..%2f")]
    [InlineData("/x/%252e/")]
    [InlineData("/x/..%5c")]
    [InlineData("/x/..%20")]
    [InlineData("/x/...")]
    [InlineData("/%25252F")]
    [InlineData("//x")]
    public void What_it_says_is_refused_for_ever_is(string target) => Assert.IsType<TargetReading.Refused>(CanonicalTarget.Read(target));
}
