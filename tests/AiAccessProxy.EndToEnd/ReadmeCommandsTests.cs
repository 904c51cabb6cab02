using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd;

/// <summary>Every <c>aiaccess</c> line of the README, run in the order in which it stands there, by a shell.</summary>
public class ReadmeCommandsTests
{
    private const string Shell = """aiaccess() { exec "$DOTNET" exec "$PROGRAM" "$@"; }; cd "$FOLDER"; """;

    [Fact]
    public async Task Whoever_follows_the_README_gets_from_keys_to_the_story_of_a_ticket()
    {
        var lines = (await File.ReadAllLinesAsync(Path.Combine(Built.Root, "README.md")))
            .Where(line => line.StartsWith("aiaccess ", StringComparison.Ordinal)).ToList();
        var serve = lines.FindIndex(line => line.StartsWith("aiaccess serve", StringComparison.Ordinal));
        Assert.InRange(serve, 1, lines.Count - 2);

        await using var upstream = new RawUpstream();
        using var scratch = new Scratch();
        var policies = new PolicyFolder(scratch.Folder("policies")).Route("api", upstream.Address, Rules.WritesWait);
        var surroundings = new Dictionary<string, string?>
        {
            ["DOTNET"] = Built.Dotnet,
            ["PROGRAM"] = Built.Program,
            ["FOLDER"] = scratch.Root,
            ["AIACCESS__GATE__URL"] = "http://127.0.0.1:0",
            ["AIACCESS__CONTROL__URL"] = "http://127.0.0.1:0",
            ["AIACCESS_TOKEN"] = policies.KeyOf("grace").Text,
        };
        foreach (var line in lines.Take(serve)) await RunAsync(line, surroundings);

        await using var proxy = ChildProcess.Start("/bin/sh", ["-c", Shell + lines[serve]], surroundings);
        using var bot = new Agent(AddressIn(await proxy.LineAsync("agents ")), policies.Bot);
        var console = AddressIn(await proxy.LineAsync("console "));
        Assert.StartsWith(console.AbsoluteUri, AddressIn(await proxy.LineAsync("sign in ")).AbsoluteUri, StringComparison.Ordinal);
        var held = bot.DeleteAsync("/api/things/1");
        using var grace = new Reviewer(console, "grace", policies.KeyOf("grace"));
        surroundings["AIACCESS_URL"] = console.AbsoluteUri;
        surroundings["TICKET"] = await grace.OnlyPendingAsync();
        var said = new List<string>();
        foreach (var line in lines.Skip(serve + 1)) said.Add(await RunAsync(line, surroundings));

        Assert.Equal("request 1", (await held).Body);
        Assert.All(said, text => Assert.NotEmpty(text));
        Assert.Contains("vote.approve", said[^1], StringComparison.Ordinal);
        Assert.Equal(0, await proxy.StopAsync());
    }

    private static async Task<string> RunAsync(string line, Dictionary<string, string?> surroundings)
    {
        await using var command = ChildProcess.Start("/bin/sh", ["-c", Shell + line], surroundings);
        Assert.True(await command.ExitAsync(Eventually.Generous) == 0, $"{line}\n{command.Errors}");
        return command.Output;
    }

    private static Uri AddressIn(string line) => new(line[line.IndexOf("http", StringComparison.Ordinal)..].Trim());
}
