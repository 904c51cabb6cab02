using System.Text;
using System.Text.Json.Nodes;
using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Files;

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
        var shown = Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).Select(Json).ToList();
        var misspelt = shown.SelectMany(Misspelt).ToList();

        using var scratch = new Scratch();
        var documents = Path.Combine(scratch.Root, "documents");
        await File.WriteAllLinesAsync(documents, [.. shown, .. misspelt], TestContext.Current.CancellationToken);
        await using var ajv = ChildProcess.Start("node", [Path.Combine(Built.Root, "tests/Schema/check.mjs"), Path.Combine(folder, "policy.schema.json"), documents]);
        var code = await ajv.ExitAsync(TimeSpan.FromMinutes(1));

        Assert.True(code == 0, ajv.Errors);
        var lines = ajv.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(shown.Count + misspelt.Count, lines.Length);
        Assert.All(lines[..shown.Count], line => Assert.Equal("accepted", line));
        Assert.All(lines[shown.Count..].Zip(misspelt), one => Assert.True(one.First.StartsWith("refused ", StringComparison.Ordinal), one.Second));
        Assert.True(misspelt.Count > 100, $"{misspelt.Count} misspelt");
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

    private static string Json(string path)
    {
        var problems = new List<PolicyProblem>();
        var file = new YamlDocument(Path.GetFileName(path), problems).Read(File.ReadAllBytes(path))!;
        var json = YamlJson.Write(new PolicySource(path, problems, new References(_ => null)), file, "");
        Assert.Empty(problems);
        return Encoding.UTF8.GetString(json.Span);
    }
}
