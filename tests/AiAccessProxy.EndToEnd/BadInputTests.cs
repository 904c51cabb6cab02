using System.Text;
using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.EndToEnd;

/// <summary>
/// Bad input on both planes: each has its status, its problem type, a text that says what to do, and its record; nothing leaks.
/// </summary>
public class BadInputTests
{
    private const string UpstreamKey = "upstream-key-that-nobody-sees";

    private static readonly string Policy = Rules.ReadsPass + Rules.Waiting("[DELETE]") + """
        - id: needs-a-reason
          match: { methods: [PATCH], paths: ["/**"] }
          effect: require_approval
          require: [reason]
          approval: { need: [{ approvals: 1, from: [group:reviewers] }] }
        - id: no-secrets
          match: { methods: [GET], paths: ["/secrets/**"] }
          effect: deny
        - id: small
          match: { methods: [POST], paths: ["/amounts"], where: [{ field: body.amount, lte: 10 }] }
          effect: allow
        """;

    [Fact]
    public async Task Every_bad_call_of_an_agent_is_told_what_is_wrong_and_is_on_record()
    {
        await using var upstream = new RawUpstream();
        await using var world = await StartAsync(upstream.Address);
        var (bot, other, grace) = (world.Agent(), world.Agent(world.Policies.Other), world.Reviewer("grace"));
        var others = (await other.SendAsync("DELETE", "/api/things/of-the-other", null, default, ("Prefer", "respond-async"))).Ticket;

        await RefusedAsync(world, bot.GetAsync("/nowhere/x"), 404, "unknown-route", "base URL");
        await RefusedAsync(world, bot.SendAsync("PUT", "/api/things/1", "{}"), 403, "no-rule", "Ask your owner");
        await RefusedAsync(world, bot.GetAsync("/api/secrets/1"), 403, "denied", "not executed");
        await RefusedAsync(world, bot.SendAsync("PATCH", "/api/things/1", "{}"), 403, "context-required", "AiAccess-Reason");
        await RefusedAsync(world, bot.PostAsync("/api/amounts", """{"amount":1,"amount":2}"""), 415, "unreadable-body", "UTF-8 JSON");
        await RefusedAsync(world, bot.PostAsync("/api/amounts", $$"""{"amount":1,"pad":"{{new string('x', 1_200_000)}}"}"""), 413, "body-too-large", "smaller|less");
        await RefusedAsync(world, bot.GetAsync("/api/a%2fb"), 400, "no-single-meaning", "not sent");
        await RefusedAsync(world, bot.GetAsync($"/.ai-access/tickets/{others}"), 404, "unknown-ticket", "no ticket of yours");
        await RefusedAsync(world, bot.SendAsync("POST", $"/.ai-access/tickets/{others}/cancel", null), 404, "unknown-ticket", "no ticket of yours");

        Assert.Empty(upstream.Requests);
        Assert.Equal([others], await grace.PendingAsync());
    }

    [Fact]
    public async Task Calls_of_strangers_are_refused_alike_and_counted()
    {
        await using var upstream = new RawUpstream();
        await using var world = await StartAsync(upstream.Address);
        foreach (var stranger in new[] { world.Agent(Key.New()), world.Agent(new Key("x")) })
        {
            await LeaksNothingAsync(world, stranger.GetAsync("/api/things"), 401, "unknown-agent", "AiAccess-Token");
            await LeaksNothingAsync(world, stranger.GetAsync("/.ai-access/tickets/t_1"), 401, "unknown-agent", "AiAccess-Token");
        }

        var reviewer = world.Agent(world.Policies.KeyOf("grace"));
        await LeaksNothingAsync(world, reviewer.GetAsync("/api/things"), 403, "persons-credential", "agent");
        await LeaksNothingAsync(world, reviewer.GetAsync("/.ai-access/tickets/t_1"), 403, "persons-credential", "agent");

        await world.Proxy.StopAsync();
        Assert.Empty(upstream.Requests);
        var counted = (await world.Story.AllAsync()).Where(record => record.Kind == RecordKind.Refused).ToList();
        Assert.All(counted, record => Assert.Null(record.Agent));
        Assert.Equal(4, counted.Where(record => record.Detail!.Contains("unknown-agent", StringComparison.Ordinal)).Sum(record => record.Count));
        Assert.Equal(2, counted.Where(record => record.Detail!.Contains("persons-credential", StringComparison.Ordinal)).Sum(record => record.Count));
    }

    [Fact]
    public async Task A_vote_that_cannot_count_says_why_and_is_on_record()
    {
        await using var upstream = new RawUpstream();
        await using var world = await StartAsync(upstream.Address);
        var (bot, grace, hugo) = (world.Agent(), world.Reviewer("grace"), world.Reviewer("hugo"));
        var held = bot.DeleteAsync("/api/things/1");
        var ticket = await grace.OnlyPendingAsync();

        await VotedInVainAsync(world.Reviewer("mallory").ApproveAsync(ticket), 403);
        await VotedInVainAsync(world.Reviewer("ada").ApproveAsync(ticket), 403);
        await VotedInVainAsync(grace.ApproveAsync("t_00000000000000000000000000000000"), 404);
        await VotedInVainAsync(grace.VoteAsync(ticket, "maybe", null), 400);
        await VotedInVainAsync(new Reviewer(world.Proxy.Console, "an agent", world.Policies.Bot).ApproveAsync(ticket), 403);
        await VotedInVainAsync(new Reviewer(world.Proxy.Console, "nobody", Key.New()).ApproveAsync(ticket), 401);
        Assert.False(held.IsCompleted);
        Assert.Equal(200, (await grace.ApproveAsync(ticket)).Status);
        await VotedInVainAsync(hugo.DenyAsync(ticket, "too late"), 409);
        await VotedInVainAsync(grace.VoteAsync(ticket, "approve", "once more"), 409);
        Assert.Equal(200, (await held).Status);

        var story = await world.Story.OfSentAsync(ticket);
        Assert.Equal(["ada", "grace", "hugo", "mallory"], story.Where(record => record.Kind == RecordKind.VoteRefused).Select(record => record.Reviewer!.Id).Order());
        Assert.All(story.Where(record => record.Kind == RecordKind.VoteRefused), record => Assert.NotEmpty(record.Detail!));
        Assert.Single(upstream.Requests);
    }

    private static Task<World> StartAsync(Uri upstream) => World.StartAsync(policies => policies.Route("api", upstream, Policy, $$"""
        credentials:
          live: { type: header, name: X-Upstream-Key, value: "{{UpstreamKey}}" }
        credential: live
        """));

    private static async Task RefusedAsync(World world, Task<Answer> call, int status, string kind, string advice)
    {
        var answer = await LeaksNothingAsync(world, call, status, kind, advice);
        var record = answer.Json.GetProperty("record").GetString();
        Assert.Equal(record, answer.Headers["AiAccess-Record"]);
        var story = await world.Story.AllAsync(records => records.Any(one => one.Id.ToString() == record), $"the record of {kind}");
        Assert.Equal("bot", story.Single(one => one.Id.ToString() == record).Agent?.Id);
    }

    private static async Task<Answer> LeaksNothingAsync(World world, Task<Answer> call, int status, string kind, string advice)
    {
        var answer = await call;
        Assert.Equal((status, kind), (answer.Status, answer.Problem));
        var json = answer.Json;
        var detail = json.GetProperty("detail").GetString()!;
        Assert.Contains(advice.Split('|'), word => detail.Contains(word, StringComparison.Ordinal));
        Assert.Equal(detail, json.GetProperty("message").GetString());
        Assert.Equal(detail, json.GetProperty("error").GetProperty("message").GetString());
        Assert.Equal(status, json.GetProperty("status").GetInt32());
        Assert.NotEmpty(json.GetProperty("next_action").GetString()!);
        Assert.Equal(json.GetProperty("retryable").GetBoolean(), !answer.Headers.ContainsKey("x-should-retry"));

        var said = new StringBuilder(answer.Body).AppendJoin('\n', answer.Headers).ToString();
        string[] secret =
            [UpstreamKey, world.Policies.Bot.Text, world.Policies.Bot.Sha256, "of-the-other", "person:", "grace", "   at ", "Exception", world.Data, "Kestrel"];
        Assert.All(secret, text => Assert.DoesNotContain(text, said, StringComparison.Ordinal));
        return answer;
    }

    private static async Task VotedInVainAsync(Task<Answer> vote, int status)
    {
        var answer = await vote;
        Assert.Equal(status, answer.Status);
        Assert.NotNull(answer.Problem);
        Assert.NotEmpty(answer.Json.GetProperty("detail").GetString()!);
        Assert.DoesNotContain("   at ", answer.Body, StringComparison.Ordinal);
    }
}
