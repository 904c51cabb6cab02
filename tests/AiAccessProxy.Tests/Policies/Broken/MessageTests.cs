using System.Text.RegularExpressions;
using AiAccessProxy.Tests.Architecture;

namespace AiAccessProxy.Tests.Policies.Broken;

/// <summary>No message without the file that provokes it.</summary>
public class MessageTests
{
    /// <summary>What holds texts that are no problems: outputs of commands, names in the log, the schema's own words.</summary>
    private static readonly string[] Others = ["PolicyCheck.cs", "PolicySchema.cs", "PolicyWatcher.cs"];

    private static readonly string[] Elsewhere =
        [
        "src/AiAccessProxy/Actions/FieldPathReader.cs", "src/AiAccessProxy/Actions/AuthorityReader.cs", "src/AiAccessProxy/Policies/Wording/SummaryTemplate.cs",
        "src/AiAccessProxy/Tokens/Issuer.cs",
    ];

    /// <summary>Names of what counts calls, which stand in answers.</summary>
    private static readonly string[] NoProblems = ["all routes", "route .*"];

    public static TheoryData<string> Folders => [.. BrokenFolder.All.Select(folder => folder.Name)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_broken_folder_is_told_in_these_words(string name)
    {
        var folder = BrokenFolder.All.Single(one => one.Name == name);
        Assert.Equal([folder.Told], folder.Tell());
    }

    [Fact]
    public void Every_message_that_a_reader_or_the_lint_holds_is_provoked_by_a_broken_file()
    {
        var told = BrokenFile.All(Repository.Root).SelectMany(file => file.Told).Concat(BrokenFolder.All.Select(folder => folder.Told)).ToList();
        var never =
            from file in Repository.CSharp("src/AiAccessProxy/Policies/Files").Concat(Repository.CSharp("src/AiAccessProxy/Policies/Linting")).Concat(Elsewhere)
            where !file.Contains("/Shapes/", StringComparison.Ordinal) && !Others.Contains(Path.GetFileName(file))
            from text in MessageTexts.In(File.ReadAllText(Repository.PathOf(file)))
            where !NoProblems.Contains(text) && !told.Exists(line => Regex.IsMatch(line, text))
            select $"{Path.GetFileName(file)}: {text}";
        Assert.Equal("", string.Join('\n', never));
    }

    [Fact]
    public void Messages_are_found_wherever_they_stand() =>
        Assert.Equal(
            ["a b", "b .* c", "d \\{e}", "f g"],
            MessageTexts.In("x(\"a b\"[0], '\"', $\"b {Of($\"d {{e}}\", \"f g\")} c\", \"word\"); // \"no comment\"\n").Order(StringComparer.Ordinal));
}
