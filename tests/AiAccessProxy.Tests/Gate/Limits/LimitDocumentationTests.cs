using System.Globalization;
using System.Reflection;
using AiAccessProxy.Gate.Limits;
using AiAccessProxy.Tests.Architecture;
using AiAccessProxy.Tests.Documentation;

namespace AiAccessProxy.Tests.Gate.Limits;

public class LimitDocumentationTests
{
    private static readonly PropertyInfo[] Limits = typeof(LimitOptions).GetProperties(BindingFlags.Instance | BindingFlags.Public);

    [Fact]
    public void Whoever_meets_a_limit_is_told_what_they_get_and_there_is_no_other_limit()
    {
        var documented = Markdown.Rows(File.ReadAllText(Repository.PathOf("docs/settings.md"))).Select(row => row[0].Trim('`')).Where(name => !name.Contains(':'));

        Assert.Equal(Limits.Select(NameOf).Order(), documented.Order());
    }

    [Fact]
    public void The_defaults_are_within_their_own_bounds() => Assert.Empty(new LimitOptions().Problems());

    [Fact]
    public void Every_limit_has_bounds_and_they_are_told_all_at_once()
    {
        var wrong = new LimitOptions();
        foreach (var property in Limits)
            property.SetValue(wrong, property.PropertyType == typeof(TimeSpan) ? TimeSpan.FromSeconds(-1) : Convert.ChangeType(-1, property.PropertyType, CultureInfo.InvariantCulture));

        var told = wrong.Problems().ToList();
        Assert.Equal(
            Limits.Select(property => $"gate:limits:{NameOf(property)}").Order(),
            told.Select(problem => problem[..problem.IndexOf(": ", StringComparison.Ordinal)]).Order());
    }

    private static string NameOf(PropertyInfo property) => char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
}
