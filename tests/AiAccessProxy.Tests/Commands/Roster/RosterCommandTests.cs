using System.Text.Json;
using AiAccessProxy.Control.Api;
using AiAccessProxy.Control.Api.Shapes;

namespace AiAccessProxy.Tests.Commands.Roster;

[Collection(ServerVariables.Name)]
public sealed class RosterCommandTests : IDisposable
{
    private const string Hostile = "\u001b[2Jnot a bot\u202e";

    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly KeyJson Key = new("i1", KeyOrigin.Issued, Live: true, "joan", "i1", Noon.AddDays(9), null, "mallory", Noon, null);

    private static readonly AgentJson Agent = new(
        "bot", "ada", ["bots"], new("ada", Noon, Hostile), [Key, Key with { Id = "own", Origin = KeyOrigin.File, Live = false }], new(4, 1, 2, 0, 3, Noon), 2, true, false);

    public void Dispose() => ServerVariables.Clear();

    [Fact]
    public async Task Agents_are_a_table_that_says_who_is_suspended_and_by_whom()
    {
        var (run, server) = await RunAsync(Text(new AgentListJson([Agent, Agent with { Suspended = null }], null)), "agents", "list", "--suspended", "true");

        Assert.Equal("GET /api/v1/agents?suspended=true&limit=100", server.Asked);
        Assert.Equal(["suspended by ada", "active"], run.Lines.Skip(1).Select(line => line.Contains("suspended by ada", StringComparison.Ordinal) ? "suspended by ada" : "active"));
        Assert.Contains("4 allowed, 1 denied, 2 asked, 0 refused", run.Lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /api/v1/agents/bot", "agents", "show", "bot")]
    [InlineData("""POST /api/v1/agents/bot/suspend {"reason":"odd calls"}""", "agents", "suspend", "bot", "--reason", "odd calls")]
    [InlineData("""POST /api/v1/agents/bot/resume {"reason":null}""", "agents", "resume", "bot")]
    public async Task An_agent_is_told_whole_and_nobodys_words_move_the_terminal(string asked, params string[] line)
    {
        var (run, server) = await RunAsync(Text(Agent), line);

        Assert.Equal((0, asked), (run.Code, server.Asked));
        Assert.Contains(@"\x1b[2Jnot a bot\u{202e}", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.Contains("may suspend it and revoke its keys; may not resume it and make its keys", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_listed_with_where_they_come_from_and_as_json_under_the_name_that_the_api_has()
    {
        var (table, server) = await RunAsync(Text(Agent), "agents", "keys", "list", "bot");
        var (json, _) = await RunAsync(Text(Agent), "agents", "keys", "list", "bot", "--json");

        Assert.Equal("GET /api/v1/agents/bot", server.Asked);
        Assert.Contains("mallory", table.Lines[1], StringComparison.Ordinal);
        Assert.Contains("agents.yaml", table.Lines[2], StringComparison.Ordinal);
        Assert.Equal(["i1", "own"], JsonDocument.Parse(json.Output).RootElement.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("id").GetString()));
    }

    [Theory]
    [InlineData("""POST /api/v1/agents/bot/keys {"on_behalf_of":"joan","expires":"2027-01-01T00:00:00+00:00"}""", "create", "bot", "--on-behalf-of", "joan", "--expires", "2027-01-01T00:00:00Z")]
    [InlineData("""POST /api/v1/agents/bot/keys/own/rotate {"expires":null,"overlap_seconds":7200}""", "rotate", "bot", "own", "--overlap", "2h")]
    [InlineData("""POST /api/v1/agents/bot/keys/own/rotate {"expires":null,"overlap_seconds":86400}""", "rotate", "bot", "own")]
    public async Task A_key_that_is_made_is_the_whole_output_and_what_else_there_is_to_say_is_not(string asked, params string[] line)
    {
        var (run, server) = await RunAsync(Text(new NewKeyJson(Key, "aia_secret")), ["agents", "keys", .. line, "--idempotency-key", "once"]);

        Assert.Equal((0, "aia_secret\n"), (run.Code, run.Output));
        Assert.Equal((asked, "once"), (server.Asked, server.IdempotencyKey));
        Assert.Contains("Key i1 is made and ends ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("aia_secret", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_revoked_by_name()
    {
        var (run, server) = await RunAsync(Text(Key with { Live = false }), "agents", "keys", "revoke", "bot", "i1", "--reason", "leaked");

        Assert.Equal("""POST /api/v1/agents/bot/keys/i1/revoke {"reason":"leaked"}""", server.Asked);
        Assert.Contains("ended", run.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_are_a_table_with_their_groups_and_agents()
    {
        var (run, server) = await RunAsync(Text(new PersonListJson([new("ada", Hostile, null, ["finance", "bots"], [new("k", null, true)], ["bot"])], null)), "people", "list", "--group", "finance");

        Assert.Equal("GET /api/v1/people?group=finance&limit=100", server.Asked);
        Assert.Matches(@"^ada +\\x1b.* - +finance, bots +1 +bot$", run.Lines[1]);
    }

    [Fact]
    public async Task Whoever_asks_is_told_who_they_are()
    {
        var (run, _) = await RunAsync(Text(new WhoAmIJson("grace", "Grace", "key:laptop", Operator: true)), "whoami");

        Assert.Equal("grace (Grace), known by key:laptop, operator\n", run.Output);
    }

    [Theory]
    [InlineData("ok", 0)]
    [InlineData("alarm", 1)]
    public async Task Health_ends_with_what_it_comes_to_in_words_and_as_json(string status, int code)
    {
        var health = Text(new HealthJson(status, "one", Noon, code == 0 ? null : Noon, "disk full", null, ["payments/refund"], ["bot"], 12, 3, [], null, [], []));
        var (words, _) = await RunAsync(health, "health");
        var (json, _) = await RunAsync(health, "health", "--json");

        Assert.Equal((code, code), (words.Code, json.Code));
        Assert.Equal(status, JsonDocument.Parse(json.Output).RootElement.GetProperty("status").GetString());
        Assert.Contains("payments/refund", words.Output, StringComparison.Ordinal);
        Assert.Equal(code != 0, words.Output.Contains("disk full", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_policy_in_force_is_told_by_route_with_what_each_rule_did_and_why_the_files_are_not_in_force()
    {
        var rule = new RuleJson(
            "refund", AiAccessProxy.Policies.Effect.RequireApproval, AiAccessProxy.Policies.Risk.High, null, $"Refund {Hostile}", Observed: false, [new(2, ["group:finance"])], 60, 60, [], [], [], [],
            new(0, 0, 3, 2, 1, 0, 2, 0));
        var policy = new PolicyJson(
            "abc123", Noon, new(Noon, ["payments.yaml:3: wrong"]),
            [new("payments", "/payments", ["api.example.com"], null, "https://payments.internal", AiAccessProxy.Policies.Effect.Deny, "live", [rule])]);
        var (run, _) = await RunAsync(Text(policy), "policy", "show");

        Assert.Equal(0, run.Code);
        foreach (var told in new[] { "abc123", "payments.yaml:3: wrong", "route payments: /payments, api.example.com to https://payments.internal, otherwise deny, credential live", "2 of group:finance", "3 asked, 2 approved, 1 denied by people, 2 executed", "require_approval" })
            Assert.Contains(told, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    private static string Text<T>(T body) => JsonSerializer.Serialize(body, ApiJson.Options);

    private static async Task<(CommandRun Run, ControlApiDouble Server)> RunAsync(string answer, params string[] line)
    {
        await using var server = await ControlApiDouble.StartAsync(200, answer);
        ServerVariables.Set(server.Url, "aip_mine");
        return (await CommandRun.OfAsync(line), server);
    }
}
