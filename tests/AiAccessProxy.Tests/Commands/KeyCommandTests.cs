using System.Text.Json;
using System.Text.RegularExpressions;
using AiAccessProxy.Agents;
using AiAccessProxy.People;

namespace AiAccessProxy.Tests.Commands;

public class KeyCommandTests
{
    [Fact]
    public async Task A_made_key_proves_the_agent_whose_file_holds_the_printed_line()
    {
        var run = await CommandRun.OfAsync("agents", "key", "create", "--id", "laptop");
        var key = run.Lines[0];
        var line = Regex.Match(run.Lines[1], "^keys: \\[\\{ id: laptop, sha256: \"([0-9a-f]{64})\" \\}\\]$");

        Assert.Equal(0, run.Code);
        Assert.Matches("^aia_[A-Za-z0-9_-]{43}$", key);
        Assert.True(line.Success, run.Output);
        var directory = new AgentDirectory([(new Agent("a", "ada", []), [new AgentKey("laptop", line.Groups[1].Value, null, null)])]);
        Assert.Equal("key:laptop", directory.Identify(key, new ManualTime().GetUtcNow())?.AuthenticatedBy);
    }

    [Fact]
    public async Task A_made_key_proves_the_person_whose_hash_the_json_holds()
    {
        var run = await CommandRun.OfAsync("people", "key", "create", "--json");
        var made = JsonDocument.Parse(run.Output).RootElement;
        var key = new PersonKey(made.GetProperty("id").GetString()!, made.GetProperty("sha256").GetString()!, null);

        var directory = new PeopleDirectory([new Person("ada", "Ada", null, [key])], new Dictionary<string, IReadOnlyList<string>>());
        Assert.Equal("ada", directory.Identify(made.GetProperty("key").GetString()!, new ManualTime().GetUtcNow())?.Person.Id);
        Assert.StartsWith("aip_", made.GetProperty("key").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_two_keys_are_alike()
    {
        var keys = new HashSet<string>();
        for (var i = 0; i < 100; i++) keys.Add((await CommandRun.OfAsync("agents", "key", "create")).Lines[0]);

        Assert.Equal(100, keys.Count);
    }
}
