using System.Reflection;
using System.Text.RegularExpressions;
using AiAccessProxy.Gate;
using AiAccessProxy.Tests.Architecture;

namespace AiAccessProxy.Tests.Gate;

public partial class ProblemDocumentationTests
{
    [Fact]
    public void Every_kind_in_the_source_is_documented_and_every_documented_kind_exists()
    {
        var source = string.Concat(
            Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var documented = Kinds().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs/problems.md")))
            .Select(match => match.Groups["kind"].Value).ToHashSet();
        var fixedKinds = typeof(EntryProblems).GetProperties(BindingFlags.Static | BindingFlags.Public)
            .Select(property => ((Problem)property.GetValue(null)!).Kind);

        Assert.NotEmpty(documented);
        Assert.All(documented, kind => Assert.Contains($"\"{kind}\"", source, StringComparison.Ordinal));
        Assert.Subset(documented, fixedKinds.ToHashSet());
    }

    [GeneratedRegex(@"^\| [\d or]+ \| `(?<kind>[a-z-]+)`", RegexOptions.Multiline)]
    private static partial Regex Kinds();
}
