using AiAccessProxy.Tests.Architecture;

namespace AiAccessProxy.Tests.Documentation;

/// <summary>What docs/console.md shows is there, and no picture is there that it could not show.</summary>
public class ConsoleTests
{
    private const long MostBytes = 150 * 1000;

    private static readonly string Text = File.ReadAllText(Repository.PathOf("docs/console.md"));

    private static readonly string[] Pictures = Directory.GetFiles(Repository.PathOf("docs/pictures"));

    [Fact]
    public void Every_picture_and_page_in_it_is_there() =>
        Assert.All(Markdown.LocalLinks(Text), link => Assert.True(File.Exists(Repository.PathOf($"docs/{link}")), link));

    [Fact]
    public void Pictures_are_small_and_each_page_has_one_at_a_desk_and_one_on_a_phone()
    {
        Assert.NotEmpty(Pictures);
        Assert.All(Pictures, picture => Assert.InRange(new FileInfo(picture).Length, 1, MostBytes));
        Assert.Equal(Named("-light-desktop"), Named("-dark-phone"));
    }

    [Fact]
    public void Its_keys_are_those_of_the_help_on_the_page()
    {
        var help = File.ReadAllText(Repository.PathOf("src/AiAccessProxy/Control/Pages/KeysHelp.cs"));
        var keys = Markdown.Rows(Text).SelectMany(row => row[0].Split(", ")).Where(key => key.StartsWith('`')).Select(key => key.Trim('`')).ToList();

        Assert.NotEmpty(keys);
        Assert.All(keys, key => Assert.Contains($"(\"{key}\", ", help, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Named(string look) => Pictures.Select(picture => Path.GetFileNameWithoutExtension(picture)!)
        .Where(name => name.EndsWith(look, StringComparison.Ordinal)).Select(name => name[..^look.Length]).Order(StringComparer.Ordinal);
}
