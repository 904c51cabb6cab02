using System.Text.RegularExpressions;

namespace AiAccessProxy.Tests.Architecture;

/// <summary>What the text of one source file has to keep to.</summary>
internal static partial class SourceStyle
{
    public const int LongestFile = 300;

    public const int LongestProgram = 40;

    public static IEnumerable<string> Breaches(string path, string text)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var lines = text.Split('\n').Length - 1;
        var limit = name == "Program" ? LongestProgram : LongestFile;
        if (lines > limit) yield return $"{path} has {lines} lines; {limit} is the most";
        if (name == "Program") yield break;

        var types = TopLevelType().Matches(text).Select(match => match.Groups[1].Value).Distinct().ToList();
        if (types.Count != 1) yield return $"{path} holds {types.Count} types: {string.Join(", ", types)}";
        // A part of a partial type may say which part it is: Some.Agents.cs.
        else if (name.Split('.')[0] != types[0]) yield return $"{path} holds {types[0]}";

        var folder = Path.GetDirectoryName(path)!.Replace('\\', '/').Replace("src/", "", StringComparison.Ordinal).Replace('/', '.');
        var space = FileNamespace().Match(text).Groups[1].Value;
        if (path.StartsWith("src/", StringComparison.Ordinal) && space != folder) yield return $"{path} is in namespace {space}";
    }

    public static bool IsUnfinished(string text) => Unfinished().IsMatch(text);

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|NotImplementedException)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex FileNamespace();

    [GeneratedRegex(
        @"^(?:(?:public|internal|file|sealed|static|abstract|partial|readonly|ref|unsafe) )*(?:class|record class|record struct|record|struct|interface|enum|delegate [\w<>\[\]?]+) (\w+)",
        RegexOptions.Multiline)]
    private static partial Regex TopLevelType();
}
