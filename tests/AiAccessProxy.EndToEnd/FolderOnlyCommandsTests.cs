using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd;

/// <summary>Commands that read a ledger's folder, typed where the ledger is in Redis: they say so, and what to do.</summary>
public class FolderOnlyCommandsTests
{
    private const string Redis = "redis.internal:6379,password=open-sesame";

    [Theory]
    [InlineData("ledger show")]
    [InlineData("policy diff POLICIES POLICIES")]
    [InlineData("policy explain POLICIES --record 019a3d3c-7d7e-7f00-8000-000000000000")]
    public async Task Where_the_ledger_is_in_redis_they_name_the_commands_that_ask_a_server(string command)
    {
        using var scratch = new Scratch();
        var policies = new PolicyFolder(scratch.Folder("policies")).Route("api", new Uri("http://127.0.0.1:9"), Rules.ReadsPass);
        string[] typed = [.. command.Split(' ').Select(word => word == "POLICIES" ? policies.Path : word)];

        // In a pod of that profile, say.
        var (code, said) = await RunAsync(typed, Redis);
        Assert.Equal(2, code);
        Assert.Contains("AIACCESS__LEDGER__REDIS__CONFIGURATION", said, StringComparison.Ordinal);
        Assert.Contains("AIACCESS_URL", said, StringComparison.Ordinal);
        Assert.Contains("aiaccess ledger list", said, StringComparison.Ordinal);
        Assert.DoesNotContain("open-sesame", said, StringComparison.Ordinal);

        // A folder that somebody names is looked at, and is none here.
        (code, said) = await RunAsync([.. typed, "--data", scratch.Folder("empty")], Redis);
        Assert.Equal(1, code);
        Assert.Contains("There is no ledger in", said, StringComparison.Ordinal);
        Assert.Contains("If it is in Redis, set AIACCESS_URL", said, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said)> RunAsync(string[] command, string redis)
    {
        await using var run = ProxyProcess.Command(command, new Dictionary<string, string?> { ["AIACCESS__LEDGER__REDIS__CONFIGURATION"] = redis });
        return (await run.ExitAsync(Eventually.Generous), run.Errors);
    }
}
