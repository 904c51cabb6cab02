using System.Globalization;
using AiAccessProxy.Gate.Limits;
using AiAccessProxy.Tests.Architecture;
using AiAccessProxy.Tests.Documentation;

namespace AiAccessProxy.Tests.Gate.Limits;

public class LimitDocumentationTests
{
    [Fact]
    public void Every_limit_is_documented_with_its_default_and_every_documented_one_exists()
    {
        var documented = Markdown.Rows(File.ReadAllText(Repository.PathOf("docs/settings.md")))
            .Select(row => (Setting: row[0].Trim('`'), Default: row[1].Trim('`')));
        var options = new LimitOptions();
        var exist = typeof(LimitOptions).GetProperties().Select(property => (
            Setting: char.ToLowerInvariant(property.Name[0]) + property.Name[1..],
            Default: Convert.ToString(property.GetValue(options), CultureInfo.InvariantCulture) ?? ""));

        Assert.Equal(exist.Order(), documented.Order());
    }

    [Fact]
    public void The_defaults_are_within_their_own_bounds() => Assert.Empty(new LimitOptions().Problems());

    [Fact]
    public void Every_limit_has_bounds_and_they_are_told_all_at_once()
    {
        var wrong = new LimitOptions();
        foreach (var property in typeof(LimitOptions).GetProperties())
            property.SetValue(wrong, property.PropertyType == typeof(TimeSpan) ? TimeSpan.FromSeconds(-1) : Convert.ChangeType(-1, property.PropertyType, CultureInfo.InvariantCulture));

        var told = wrong.Problems().ToList();
        Assert.Equal(
            typeof(LimitOptions).GetProperties().Select(property => $"gate:limits:{char.ToLowerInvariant(property.Name[0])}{property.Name[1..]}").Order(),
            told.Select(problem => problem[..problem.IndexOf(": ", StringComparison.Ordinal)]).Order());
    }
}
