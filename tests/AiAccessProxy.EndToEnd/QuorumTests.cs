using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.EndToEnd;

/// <summary>Several approvals by distinct people, and what becomes of an approval that nobody uses.</summary>
public class QuorumTests
{
    [Fact]
    public async Task Two_approvals_need_two_people_and_one_denial_ends_it()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.Waiting("[DELETE]", approvals: 2)));
        var (bot, grace, hugo) = (world.Agent(), world.Reviewer("grace"), world.Reviewer("hugo"));

        var held = bot.DeleteAsync("/api/things/1");
        var ticket = await grace.OnlyPendingAsync();
        Assert.Equal(200, (await grace.ApproveAsync(ticket)).Status);
        Assert.Equal(200, (await grace.ApproveAsync(ticket)).Status); // the repeat of a vote whose answer was lost: counted once
        Assert.Equal(409, (await grace.VoteAsync(ticket, "approve", "and once more")).Status);
        Assert.Equal([ticket], await grace.PendingAsync());
        Assert.Empty(upstream.Requests);
        Assert.Equal(200, (await hugo.ApproveAsync(ticket)).Status);
        Assert.Equal("request 1", (await held).Body);

        var denied = bot.DeleteAsync("/api/things/2");
        var other = await grace.OnlyPendingAsync();
        Assert.Equal(200, (await grace.ApproveAsync(other)).Status);
        Assert.Equal(200, (await hugo.DenyAsync(other, "not both")).Status);
        Assert.Equal("403 denied-by-reviewer", (await denied).Said);
        Assert.Single(upstream.Requests);
    }

    [Fact]
    public async Task An_approval_that_nobody_uses_in_time_lapses_and_the_call_is_asked_for_anew()
    {
        await using var upstream = new RawUpstream();
        var brief = Rules.WritesWait.Replace("use_within: 10m", "use_within: 1s", StringComparison.Ordinal);
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, brief));
        var (bot, grace) = (world.Agent(), world.Reviewer("grace"));
        Task<Answer> AskAsync() => bot.SendAsync("DELETE", "/api/things/1", null, default, ("Prefer", "respond-async"));

        var ticket = (await AskAsync()).Ticket;
        await grace.ApproveAsync(ticket);
        await world.Story.AllAsync(
            records => records.Any(record => record.Ticket == ticket && record.Kind == RecordKind.TicketLapsed), "the approval lapses by itself");
        Assert.Equal("expired", (await bot.GetAsync($"/.ai-access/tickets/{ticket}")).Json.GetProperty("status").GetString());

        var repeat = await AskAsync();
        Assert.Equal(202, repeat.Status);
        Assert.NotEqual(ticket, repeat.Ticket);
        Assert.Empty(upstream.Requests);
    }
}
