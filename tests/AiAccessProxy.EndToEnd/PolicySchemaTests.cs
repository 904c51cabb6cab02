using System.Text.Json.Nodes;
using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Tests.Policies.Broken;

namespace AiAccessProxy.EndToEnd;

/// <summary>What editors make of the schema of the policy files, as far as Ajv does what they do. <c>test.sh</c> installs it.</summary>
public class PolicySchemaTests
{
    /// <summary>Members of these are names that the file gives.</summary>
    private static readonly string[] Named = ["credentials", "groups", "query", "headers", "body", "form", "claims"];

    [Fact]
    public async Task Ajv_accepts_every_file_that_is_shown_and_refuses_each_in_which_a_key_is_misspelt()
    {
        var folder = Path.Combine(Built.Root, "policies");
        var shown = Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).Select(path => EditorYaml.Json(File.ReadAllText(path))!).ToList();
        var misspelt = shown.SelectMany(Misspelt).ToList();

        var lines = await AjvAsync([.. shown, .. misspelt]);

        Assert.All(lines[..shown.Count], line => Assert.Equal("accepted", line));
        Assert.All(lines[shown.Count..].Zip(misspelt), one => Assert.True(one.First.StartsWith("refused ", StringComparison.Ordinal), one.Second));
        Assert.True(misspelt.Count > 100, $"{misspelt.Count} misspelt");
    }

    [Fact]
    public async Task Ajv_refuses_every_broken_file_but_those_that_say_that_a_schema_cannot_see_it()
    {
        var broken = BrokenFile.All(Built.Root).Select(file => (file.Name, file.IsAccepted, Json: EditorYaml.Json(file.Text))).Where(file => file.Json is not null).ToList();

        var lines = await AjvAsync([.. broken.Select(file => file.Json!)]);

        Assert.Empty(broken.Zip(lines).Where(one => one.First.IsAccepted != (one.Second == "accepted")).Select(one => $"{one.First.Name}: {one.Second}"));
        Assert.True(broken.Count(file => !file.IsAccepted) > 150);
    }

    /// <summary>A line for each document.</summary>
    private static async Task<string[]> AjvAsync(IReadOnlyList<string> documents)
    {
        using var scratch = new Scratch();
        var path = Path.Combine(scratch.Root, "documents");
        await File.WriteAllLinesAsync(path, documents, TestContext.Current.CancellationToken);
        await using var ajv = ChildProcess.Start("node", [Path.Combine(Built.Root, "tests/Schema/check.mjs"), Path.Combine(Built.Root, "policies/policy.schema.json"), path]);
        var code = await ajv.ExitAsync(TimeSpan.FromMinutes(1));
        Assert.True(code == 0, ajv.Errors);
        var lines = ajv.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(documents.Count, lines.Length);
        return lines;
    }

    /// <summary>The document once for each of its keys, which is spelt otherwise in it.</summary>
    private static IEnumerable<string> Misspelt(string document)
    {
        for (var at = 0; ; at++)
        {
            var root = JsonNode.Parse(document)!;
            var left = at;
            if (!Misspell(root, ref left)) yield break;
            yield return root.ToJsonString();
        }
    }

    private static bool Misspell(JsonNode? node, ref int left)
    {
        if (node is JsonArray list)
            foreach (var item in list)
                if (Misspell(item, ref left)) return true;
        if (node is not JsonObject members) return false;
        foreach (var (key, value) in members.ToList())
        {
            if (left-- == 0)
            {
                members.Remove(key);
                members[key + "z"] = value;
                return true;
            }

            if (!Named.Contains(key) && Misspell(value, ref left)) return true;
            if (key == "credentials" && value is JsonObject inner)
                foreach (var (_, one) in inner)
                    if (Misspell(one, ref left)) return true;
        }

        return false;
    }
}
