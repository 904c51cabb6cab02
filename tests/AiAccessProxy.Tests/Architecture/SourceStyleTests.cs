namespace AiAccessProxy.Tests.Architecture;

public class SourceStyleTests
{
    public static TheoryData<string> EveryFolder => ["src", "tests"];

    [Theory]
    [MemberData(nameof(EveryFolder))]
    public void A_file_is_short_holds_one_type_and_is_named_after_it(string folder) =>
        Assert.Empty(Repository.CSharp(folder).SelectMany(path => SourceStyle.Breaches(path, File.ReadAllText(Repository.PathOf(path)))));

    [Fact]
    public void Nothing_in_the_source_is_left_unfinished() =>
        Assert.All(Repository.CSharp("src"), path => Assert.False(SourceStyle.IsUnfinished(File.ReadAllText(Repository.PathOf(path))), path));

    [Theory]
    [InlineData("throw new NotImplementedException();", true)]
    [InlineData("// TODO: later", true)]
    [InlineData("var todos = api.Todos;", false)]
    public void Unfinished_source_is_found(string line, bool isUnfinished) => Assert.Equal(isUnfinished, SourceStyle.IsUnfinished(line));

    [Theory]
    [InlineData("Agents/A.cs", "namespace AiAccessProxy.Agents;\n\ninternal sealed record B(int X);\n", "holds B")]
    [InlineData("Agents/A.cs", "namespace AiAccessProxy.Agents;\n\ninternal enum A\n{\n}\npublic readonly record struct B;\n", "holds 2 types: A, B")]
    [InlineData("Agents/A.cs", "namespace AiAccessProxy.Agents;\n\ninternal delegate void A();\nfile static partial class B;\n", "holds 2 types: A, B")]
    [InlineData("Agents/A.cs", "namespace AiAccessProxy.People;\n\ninternal interface A;\n", "is in namespace AiAccessProxy.People")]
    [InlineData("Agents/A.cs", "// nothing\n", "holds 0 types")]
    public void A_breach_of_style_is_found(string file, string text, string said) =>
        Assert.Contains(SourceStyle.Breaches($"src/AiAccessProxy/{file}", text), breach => breach.Contains(said, StringComparison.Ordinal));

    [Fact]
    public void A_file_that_is_too_long_is_found()
    {
        var text = "namespace AiAccessProxy.Agents;\ninternal sealed class A;\n" + new string('\n', SourceStyle.LongestFile - 2);
        Assert.Empty(SourceStyle.Breaches("src/AiAccessProxy/Agents/A.cs", text));
        Assert.Single(SourceStyle.Breaches("src/AiAccessProxy/Agents/A.cs", text + "\n"));
        Assert.Single(SourceStyle.Breaches("src/AiAccessProxy/Program.cs", new string('\n', SourceStyle.LongestProgram + 1)));
    }
}
