using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.EndToEnd;

/// <summary>A policy with mistakes is refused whole: at start nothing listens, on reload the old one stays.</summary>
public class BrokenPolicyTests
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:9");

    [Fact]
    public async Task At_start_all_mistakes_are_told_at_once_with_file_and_line_and_nothing_listens()
    {
        using var scratch = new Scratch();
        var policies = new PolicyFolder(scratch.Folder("policies"));
        policies.Route("good", Nowhere, Rules.WritesWait);
        policies.Route("bad", Nowhere, """
            - id: one
              match: { methods: [get], paths: ["/**"] }
              effect: alow
            - id: two
              match: { paths: ["/**"] }
              effect: require_approval
              approval: { need: [{ approvals: 1, from: [group:nobody] }] }
            """);
        policies.Write("worse.yaml", "version: 1\nroute: worse\nprefix: [\n");

        await using var refused = ProxyProcess.Launch(policies.Path, scratch.Folder("data"), []);
        Assert.Equal(2, await refused.ExitAsync(Eventually.Generous));
        var errors = refused.Errors.Split('\n');
        Assert.Contains(errors, error => error.Contains("bad.yaml:10", StringComparison.Ordinal) && error.Contains("get", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("bad.yaml:11", StringComparison.Ordinal) && error.Contains("alow", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("bad.yaml:15", StringComparison.Ordinal) && error.Contains("nobody", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("worse.yaml:3", StringComparison.Ordinal));
        Assert.DoesNotContain("good.yaml", refused.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Errors, StringComparison.Ordinal);
        Assert.Equal("", refused.Output);
    }

    [Fact]
    public async Task On_reload_the_old_rules_stay_until_the_new_ones_are_right()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.ReadsPass));
        var bot = world.Agent();
        Assert.Equal(200, (await bot.GetAsync("/api/things")).Status);

        world.Policies.Route("api", upstream.Address, Rules.ReadsPass.Replace("effect: allow", "effect: deny\n  observe: yes please", StringComparison.Ordinal));
        await world.Story.AllAsync(records => records.Any(record => record.Kind == RecordKind.PolicyRefused), "the refusal of the new policy");
        Assert.Equal(200, (await bot.GetAsync("/api/things")).Status);

        world.Policies.Route("api", upstream.Address, Rules.ReadsPass.Replace("allow", "deny", StringComparison.Ordinal));
        await Eventually.HoldsAsync(async () => (await bot.GetAsync("/api/things")).Said == "403 denied", "the new rules are in force");
        var story = await world.Story.AllAsync();
        Assert.Equal(2, story.Count(record => record.Kind == RecordKind.PolicyLoaded));
        var decided = story.Where(record => record.Kind == RecordKind.Decided).Select(record => (record.Decision, record.Policy)).Distinct().ToList();
        Assert.Equal(2, decided.Count);
    }

    [Fact]
    public async Task A_ticket_whose_rule_has_changed_is_cancelled_and_its_approval_sends_nothing()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait, more: "hold: 1s"));
        var (bot, grace) = (world.Agent(), world.Reviewer("grace"));
        var ticket = (await bot.DeleteAsync("/api/things/1")).Ticket;
        await grace.ApproveAsync(ticket);

        world.Policies.Route("api", upstream.Address, Rules.WritesWait.Replace("approvals: 1", "approvals: 2", StringComparison.Ordinal), more: "hold: 1s");
        await world.Story.AllAsync(records => records.Count(record => record.Kind == RecordKind.PolicyLoaded) == 2, "the new rules are in force");
        var repeat = await bot.DeleteAsync("/api/things/1");
        Assert.Equal(403, repeat.Status);
        Assert.Contains(repeat.Problem, new[] { "approval-cancelled", "approval-pending" });
        Assert.Empty(upstream.Requests);
        Assert.Contains(await world.Story.OfTicketAsync(ticket), record => record.Kind == RecordKind.TicketCancelled);
    }
}
