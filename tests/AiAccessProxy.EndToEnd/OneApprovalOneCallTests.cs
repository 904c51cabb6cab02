using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.EndToEnd;

/// <summary>An approval lets exactly one call through, however many ask and however many decide.</summary>
public class OneApprovalOneCallTests
{
    private static readonly string[] Voters = ["grace", "hugo"];

    [Fact]
    public async Task Of_a_hundred_identical_calls_at_once_one_is_sent_and_ninety_nine_are_told_so()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(
            policies => policies.Route("api", upstream.Address, Rules.WritesWait), "--approvals:maxHeldPerAgent", "100");
        var (bot, grace) = (world.Agent(), world.Reviewer("grace"));

        // One more than may be held: its refusal says that the other hundred are waiting by now.
        var calls = Enumerable.Range(0, 101).Select(_ => bot.PostAsync("/api/things", """{"name":"x"}""")).ToList();
        var refused = await Task.WhenAny(calls);
        Assert.Equal("429 too-many", (await refused).Said);
        calls.Remove(refused);

        var ticket = await grace.OnlyPendingAsync();
        Assert.Empty(upstream.Requests);
        Assert.Equal(200, (await grace.ApproveAsync(ticket)).Status);

        var answers = await Task.WhenAll(calls);
        var through = Assert.Single(answers, answer => answer.Status == 200);
        var told = answers.Where(answer => answer != through).ToList();
        Assert.Equal("request 1", through.Body);
        Assert.All(told, answer => Assert.Equal("422 already-executed", answer.Said));
        Assert.All(told, answer => Assert.Contains("the upstream answered 200", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal));
        Assert.All(told, answer => Assert.Equal(ticket, answer.Ticket));
        Assert.All(told, answer => Assert.Equal(
            through.Headers["AiAccess-Record"], answer.Json.GetProperty("task").GetProperty("result").GetProperty("record").GetString()));

        Assert.Single(upstream.Requests);
        var story = await world.Story.OfSentAsync(ticket);
        Assert.Equal(99, story.Count(record => record.Kind == RecordKind.Refused));
        Assert.Equal(
            ["ticket.opened", "vote.approve", "ticket.approved", "ticket.executing", "call.executed"],
            story.Select(record => record.Kind).Where(kind => kind != RecordKind.Refused));
    }

    [Theory]
    [InlineData("approve", "approve")]
    [InlineData("approve", "deny")]
    public async Task Two_reviewers_who_click_together_make_one_decision(string graces, string hugos)
    {
        const int Rounds = 30;
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait));
        var bot = world.Agent();
        var voters = Voters.Select(world.Reviewer).ToList();

        var calls = Enumerable.Range(0, Rounds).Select(i => bot.DeleteAsync($"/api/things/{i}")).ToList();
        var tickets = await voters[0].PendingAsync(Rounds);
        Assert.Equal(Rounds, tickets.Count);
        var votes = new List<Answer[]>();
        foreach (var ticket in tickets)
            votes.Add(await Task.WhenAll(voters[0].VoteAsync(ticket, graces, "as planned"), voters[1].VoteAsync(ticket, hugos, "not now")));
        var answers = await Task.WhenAll(calls);

        Assert.All(votes, pair => Assert.Equal([200, 409], pair.Select(vote => vote.Status).Order()));
        var story = await world.Story.AllAsync();
        Assert.All(tickets, ticket => Assert.Single(story, record => record.Ticket == ticket && IsDecisive(record)));
        Assert.All(tickets, ticket => Assert.Single(story, record => record.Ticket == ticket && record.Kind is ("vote.approve" or "vote.deny")));
        var approved = story.Count(record => record.Kind == "ticket.approved");
        Assert.Equal(approved, answers.Count(answer => answer.Status == 200));
        Assert.Equal(Rounds - approved, answers.Count(answer => answer.Said == "403 denied-by-reviewer"));
        Assert.Equal(approved, upstream.Requests.Count);
        Assert.Equal(approved, upstream.Requests.Select(request => request.Target).Distinct().Count());
    }

    private static bool IsDecisive(LedgerRecord record) => record.Kind is "ticket.approved" or "ticket.denied" or "ticket.expired";
}
