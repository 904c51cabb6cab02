using System.Text.Json;
using AiAccessProxy.Control;
using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd;

/// <summary>People and scripts at a terminal, with the built program against a running proxy.</summary>
public class CommandLineTests
{
    private const string NoTicket = "t_00000000000000000000000000000000";

    [Fact]
    public async Task A_reviewer_finds_reads_and_decides_tickets()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait));
        var grace = Terminal.Of(world, "grace");
        Assert.Equal("No ticket matches.", (await grace.TryAsync("aiaccess tickets list")).Errors.Trim());

        var first = world.Agent().PostAsync("/api/things", """{"note":"\u001b[2J"}""");
        var ticket = await world.Reviewer("hugo").OnlyPendingAsync();
        var list = await grace.RunAsync("aiaccess tickets list --mine --agent bot --risk high");
        Assert.Matches($@"(?m)^TICKET +STATUS +RISK +AGENT +CALL +SUMMARY +APPROVALS +DECIDE BY$", list);
        Assert.Matches($@"(?m)^{ticket}  pending +high +bot +POST /things on api +Change a thing +0 of 1.* in \d+ min .*\(\d\d:\d\d:\d\dZ\)$", list);
        Assert.Empty(await Terminal.Of(world, "ada").RunAsync("aiaccess tickets list --mine"));

        var page = await grace.RunAsync($"aiaccess tickets show {ticket}");
        // A backslash is shown as two, so that what was made visible cannot be taken for what was sent.
        Assert.Contains("""{"note":"\\u001b[2J"}""", page, StringComparison.Ordinal);
        var revision = page.Split('\n').Single(line => line.StartsWith("revision ", StringComparison.Ordinal))["revision ".Length..].Trim();
        await grace.RunAsync($"aiaccess tickets approve {ticket} --revision {revision} --reason agreed");
        Assert.Equal(200, (await first).Status);
        Assert.Single(upstream.Requests);

        var second = world.Agent().DeleteAsync("/api/things/2");
        var other = await world.Reviewer("hugo").OnlyPendingAsync();
        await grace.RunAsync($"aiaccess tickets deny {other} --reason 'not today'");
        Assert.Equal(403, (await second).Status);
        Assert.Matches($@"(?s){other} .*denied.*{ticket} ", await grace.RunAsync("aiaccess tickets list --state ended"));

        await world.Story.OfSentAsync(ticket);
        var story = await grace.RunAsync($"aiaccess ledger list --ticket {ticket}");
        Assert.Matches("(?s)ticket.opened.*vote.approve.*ticket.executing.*call.executed", story);
        Assert.Equal(await grace.RunAsync($"aiaccess ledger show --data '{world.Data}' --ticket {ticket}"), story);
    }

    [Fact]
    public async Task Scripts_take_json_and_keys_from_the_output()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait), "--gate:hold", "00:00:02");
        var mallory = Terminal.Of(world, "mallory");
        var calls = Enumerable.Range(0, 3).Select(number => world.Agent().DeleteAsync($"/api/things/{number}")).ToList();
        await world.Reviewer("grace").PendingAsync(3);

        Assert.Equal("mallory operator", await mallory.RunAsync("""aiaccess whoami --json | jq -r '"\(.id) \(if .operator then "operator" else "" end)"'"""));
        Assert.Equal("3", await mallory.RunAsync("aiaccess tickets list --json | jq '.tickets | length'"));
        Assert.Equal("2 true", await mallory.RunAsync("""aiaccess tickets list --limit 2 --json | jq -r '"\(.tickets | length) \(.next != null)"'"""));
        Assert.Equal("ticket.opened", await mallory.RunAsync("aiaccess ledger list --kind 'ticket.*' --json | jq -rs 'map(.kind) | unique[]'"));
        Assert.Equal("started", await mallory.RunAsync("aiaccess ledger export --since 1h | jq -rs '.[0].kind'"));
        Assert.Equal("ok", await mallory.RunAsync("aiaccess health --json | jq -r .status"));
        Assert.Equal("write", await mallory.RunAsync("aiaccess policy show --json | jq -r '.routes[].rules[] | select(.effect == \"require_approval\").id'"));
        Assert.Equal("ada", await mallory.RunAsync("aiaccess people list --json | jq -r '.people[] | select(.owns | index(\"bot\")).id'"));

        var key = await mallory.RunAsync("KEY=$(aiaccess agents keys create bot --expires 1h 2>/dev/null); echo \"$KEY\"");
        using var agent = new Agent(world.Proxy.Agents, new Key(key));
        Assert.Equal(200, (await agent.GetAsync("/api/things")).Status);
        var id = await mallory.RunAsync("aiaccess agents keys list bot --json | jq -r '.keys[] | select(.origin == \"issued\").id'");
        await mallory.RunAsync($"aiaccess agents keys revoke bot {id} --reason leaked");
        await Eventually.HoldsAsync(async () => (await agent.GetAsync("/api/things")).Status == 401, "the revoked key is refused");

        await mallory.RunAsync("aiaccess agents suspend bot --reason 'odd calls'");
        Assert.Contains("suspended by mallory", await mallory.RunAsync("aiaccess agents list"), StringComparison.Ordinal);
        await Task.WhenAll(calls);
        Assert.All(calls, call => Assert.Equal(403, call.Result.Status));
        await mallory.RunAsync("aiaccess agents resume bot");
        Assert.Equal("true", await mallory.RunAsync("aiaccess agents show bot --json | jq '.suspended == null'"));
    }

    [Fact]
    public async Task Following_tells_each_record_once_as_it_comes()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait));
        var hugo = world.Reviewer("hugo");
        await world.Agent().GetAsync("/api/before");
        await using var follow = Terminal.Of(world, "grace").Start("ledger", "list", "--follow", "--agent", "bot", "--json");
        await using var denials = Terminal.Of(world, "grace").Start("ledger", "list", "--follow", "--kind", "ticket.denied");
        await follow.LineAsync("{");
        await Eventually.HoldsAsync(async () => (await hugo.GetAsync("/api/v1/health")).Json.GetProperty("listeners").GetInt32() == 2, "both listen");

        await world.Agent().GetAsync("/api/plain");
        var held = world.Agent().DeleteAsync("/api/things/1");
        var ticket = await hugo.OnlyPendingAsync();
        await hugo.DenyAsync(ticket, "no");
        await held;
        await Eventually.HoldsAsync(() => Task.FromResult(follow.Output.Contains("\"ticket.denied\"", StringComparison.Ordinal)), "the denial is told");

        var told = follow.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("position").GetInt64()).ToList();
        Assert.Equal(told.Order().Distinct(), told);
        Assert.Contains("/plain", follow.Output, StringComparison.Ordinal);
        Assert.Contains(ticket, await denials.LineAsync("20"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_is_wrong_is_one_line_that_says_what_to_do_and_a_code_that_says_which()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait));
        var (console, grace) = (world.Proxy.Console, Terminal.Of(world, "grace"));

        await ExpectAsync(grace, "aiaccess tickets lsit", 2, "there is no command 'lsit' here; there are list, show, approve, deny. See 'aiaccess tickets --help'.");
        await ExpectAsync(grace, $"aiaccess tickets show {NoTicket}", 3, ControlProblem.NoTicket.Detail);
        await ExpectAsync(grace, "aiaccess agents suspend nobody", 3, "There is no agent of this id in agents.yaml.");
        await ExpectAsync(grace, "aiaccess agents resume bot", 4, null);
        await ExpectAsync(new(console, null), "aiaccess tickets list", 2, "set AIACCESS_TOKEN to your personal key; 'aiaccess people key create' makes one");
        await ExpectAsync(new(console, world.Policies.Bot.Text), "aiaccess tickets list", 4, ControlProblem.AgentKey.Detail);
        await ExpectAsync(new(console, "aip_nobodys"), "aiaccess tickets list", 4, ControlProblem.UnknownKey.Detail);
        await ExpectAsync(new(new("http://127.0.0.1:1"), "aip_any"), "aiaccess tickets list", 1, "the server at http://127.0.0.1:1/ cannot be reached (Connection refused (127.0.0.1:1)); is it running, and is AIACCESS_URL the console's address?");

        var held = world.Agent().DeleteAsync("/api/things/1");
        var ticket = await world.Reviewer("hugo").OnlyPendingAsync();
        await ExpectAsync(Terminal.Of(world, "ada"), $"aiaccess tickets approve {ticket}", 4, null);
        await ExpectAsync(grace, $"aiaccess tickets approve {ticket} --revision 999", 5, $"the ticket changed since revision 999; nothing was done. Read it again with 'aiaccess tickets show {ticket}', then decide");
        await world.Reviewer("hugo").DenyAsync(ticket, "no");
        await held;
        await ExpectAsync(grace, $"aiaccess tickets approve {ticket}", 5, "This ticket is no longer open (denied). Your vote changed nothing.");
        Assert.Empty(upstream.Requests);
    }

    private static async Task ExpectAsync(Terminal terminal, string line, int code, string? told)
    {
        var (ended, output, errors) = await terminal.TryAsync(line);
        Assert.Equal((code, ""), (ended, output));
        var error = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        if (told is null) Assert.StartsWith("aiaccess: ", error, StringComparison.Ordinal);
        else Assert.Equal($"aiaccess: {told}", error);
    }
}
