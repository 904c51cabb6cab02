using AiAccessProxy.Ledger;

namespace AiAccessProxy.Tests.Commands.Completing;

/// <summary>What shells are given to choose from. That a real bash makes use of it is among the end-to-end tests.</summary>
[Collection(ServerVariables.Name)]
public sealed class CompletionTests : IDisposable
{
    private const string Ticket = "t_0123456789abcdef0123456789abcdef";

    public void Dispose() => ServerVariables.Clear();

    [Theory]
    [InlineData("ti", "tickets")]
    [InlineData("tickets ap", "approve")]
    [InlineData("tickets list --m", "--mine")]
    [InlineData("tickets list --risk cr", "critical")]
    [InlineData("agents keys ro", "rotate")]
    [InlineData("ledger list --kind vote.a", RecordKind.VoteApprove)]
    [InlineData("completion po", null)]
    [InlineData("completion pw", "pwsh")]
    public async Task Commands_options_and_values_are_completed_without_a_server(string line, string? expected)
    {
        var found = await FindAsync(line);

        if (expected is null) Assert.DoesNotContain(found, word => word.StartsWith("po", StringComparison.Ordinal));
        else Assert.Contains(expected, found);
    }

    [Fact]
    public async Task An_empty_line_is_completed_by_every_command() =>
        Assert.Superset(new HashSet<string> { "serve", "tickets", "agents", "people", "policy", "ledger", "whoami", "health", "completion" }, (await FindAsync("")).ToHashSet());

    [Theory]
    [InlineData("tickets approve ", """{"tickets":[{"id":"t_0123456789abcdef0123456789abcdef"}]}""", "GET /api/v1/tickets?limit=200", Ticket)]
    [InlineData("tickets list --agent b", """{"agents":[{"id":"bot"}]}""", "GET /api/v1/agents?limit=200", "bot")]
    [InlineData("agents suspend ", """{"agents":[{"id":"bot"}]}""", "GET /api/v1/agents?limit=200", "bot")]
    [InlineData("agents keys revoke bot ", """{"keys":[{"id":"own"}]}""", "GET /api/v1/agents/bot", "own")]
    public async Task Ids_are_asked_of_the_server(string line, string answer, string asked, string expected)
    {
        await using var server = await ControlApiDouble.StartAsync(200, answer);
        ServerVariables.Set(server.Url, "aip_mine");

        Assert.Contains(expected, await FindAsync(line));
        Assert.Equal((asked, "Bearer aip_mine"), (server.Asked, server.Authorization));
    }

    [Theory]
    [InlineData(200, """{"tickets":[{"id":"$(touch /tmp/x)"},{"id":"a b"},{"id":"t_\n`x`"},{"id":"--reason"}]}""")]
    [InlineData(200, """{"tickets":[{"id":7}]}""")]
    [InlineData(200, """{"tickets":7}""")]
    [InlineData(200, "<html>")]
    [InlineData(401, """{"tickets":[{"id":"t_0123456789abcdef0123456789abcdef"}]}""")]
    [InlineData(302, "")]
    public async Task A_server_that_tells_no_ids_completes_nothing_and_says_nothing(int status, string answer)
    {
        await using var server = await ControlApiDouble.StartAsync(status, answer);
        ServerVariables.Set(server.Url, "aip_mine");

        Assert.DoesNotContain(await FindAsync("tickets approve "), word => !word.StartsWith('-') && !word.StartsWith('/'));
    }

    [Fact]
    public async Task Without_a_server_no_ids_are_completed_and_nothing_is_said()
    {
        ServerVariables.Set(new Uri("http://127.0.0.1:1"), "aip_mine");

        Assert.DoesNotContain(await FindAsync("tickets approve "), word => word.StartsWith("t_", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tickets approve --help")]
    [InlineData("agents keys revoke --help")]
    [InlineData("ledger list --help")]
    [InlineData("agents suspend")]
    [InlineData("tickets approve t_1 surplus")]
    public async Task Neither_help_nor_what_is_wrong_asks_the_server(string line)
    {
        await using var server = await ControlApiDouble.StartAsync(200, "{}");
        ServerVariables.Set(server.Url, "aip_mine");
        await CommandRun.OfAsync(line.Split(' '));

        Assert.Null(server.Asked);
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _aiaccess aiaccess")]
    [InlineData("zsh", "compdef _aiaccess aiaccess")]
    [InlineData("fish", "complete -c aiaccess ")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName aiaccess ")]
    public async Task Each_shell_is_told_in_its_own_way(string shell, string how)
    {
        var run = await CommandRun.OfAsync("completion", shell);

        Assert.Equal(0, run.Code);
        Assert.Contains(how, run.Output, StringComparison.Ordinal);
        Assert.Contains("[suggest:", run.Output, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> FindAsync(string line)
    {
        var run = await CommandRun.OfAsync($"[suggest:{line.Length}]", line);
        Assert.Equal((0, ""), (run.Code, run.Error));
        return run.Lines;
    }
}
