using System.Text.Json;
using AiAccessProxy.Policies.Files;
using AiAccessProxy.Policies.Linting;
using AiAccessProxy.Tests.Architecture;
using AiAccessProxy.Tests.Policies.Files;

namespace AiAccessProxy.Tests.Policies.Broken;

/// <summary>Everything that <c>policy check</c> can say, each with the file that makes it say so, in the exact words.</summary>
public class BrokenFileTests
{
    private static readonly Dictionary<string, BrokenFile> All = BrokenFile.All(Repository.Root).ToDictionary(file => file.Name);

    private static readonly JsonSchema Schema = new(JsonDocument.Parse(PolicySchema.Text()).RootElement);

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_broken_file_is_told_in_the_words_at_its_head(string name) =>
        Assert.Equal(string.Join('\n', All[name].Told), string.Join('\n', await TellAsync(All[name])));

    /// <summary>Ajv says the same in the end-to-end tests.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_schema_refuses_what_it_can_see_and_accepts_what_it_cannot(string name)
    {
        var file = All[name];
        var document = EditorYaml.Json(file.Text);
        Assert.Equal(file.Schema == "no document", document is null);
        if (document is not null) Assert.Equal(file.IsAccepted, Schema.Accepts(JsonDocument.Parse(document).RootElement));
    }

    [Fact]
    public void Few_broken_files_are_beyond_a_schema()
    {
        var wrong = All.Values.Where(file => !file.IsRight).ToList();
        var unseen = wrong.Count(file => file.Schema is not null);
        Assert.True(wrong.Count > 200 && unseen < wrong.Count / 4, $"{unseen} of {wrong.Count}");
    }

    private static async Task<IReadOnlyList<string>> TellAsync(BrokenFile file) => Some.Load(file.Files(Repository.Root)) switch
    {
        PolicyLoad.Loaded loaded =>
            [.. (await new PolicyLint(loaded.Snapshot, loaded.Places).RunAsync(TestContext.Current.CancellationToken)).Select(problem => $"warning: {problem}")],
        PolicyLoad.Refused refused => [.. refused.Problems.Select(problem => problem.ToString())],
        _ => [],
    };
}
