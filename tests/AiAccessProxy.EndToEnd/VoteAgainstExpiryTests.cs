using System.Globalization;
using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd;

/// <summary>A vote in the instant in which its ticket expires: one of them happens, never both, never neither.</summary>
public class VoteAgainstExpiryTests
{
    private const int Calls = 90;

    [Fact]
    public async Task A_vote_in_the_instant_of_expiry_is_either_counted_or_too_late()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route(
            "api", upstream.Address, Rules.Waiting("[DELETE]", within: "3s")));
        var (bot, grace) = (world.Agent(), world.Reviewer("grace"));

        var calls = Enumerable.Range(0, Calls).Select(i => bot.DeleteAsync($"/api/things/{i}")).ToList();
        var tickets = await grace.PendingAsync(Calls);
        var votes = await Task.WhenAll(tickets.Select((ticket, i) => VoteAtAsync(grace, ticket, MillisecondsFromExpiry(i))));
        var answers = await Task.WhenAll(calls);

        var story = await world.Story.AllAsync();
        foreach (var (ticket, vote) in tickets.Zip(votes))
        {
            var ends = story.Where(record => record.Ticket == ticket && record.Kind is ("ticket.approved" or "ticket.expired"));
            var end = Assert.Single(ends).Kind;
            Assert.Equal(end == "ticket.approved" ? 200 : 409, vote.Status);
            Assert.Equal(
                end == "ticket.approved" ? 1 : 0,
                story.Count(record => record.Ticket == ticket && record.Kind == "vote.approve"));
        }

        var approved = votes.Count(vote => vote.Status == 200);
        Assert.InRange(approved, 1, Calls - 1);
        Assert.Equal(approved, answers.Count(answer => answer.Status == 200));
        Assert.Equal(Calls - approved, answers.Count(answer => answer.Said == "403 approval-expired"));
        Assert.Equal(approved, upstream.Requests.Select(request => request.Target).Distinct().Count());
        Assert.Equal(approved, upstream.Requests.Count);
        TestContext.Current.TestOutputHelper?.WriteLine($"{approved} votes counted, {Calls - approved} too late");
    }

    /// <summary>The first are certainly in time and the last certainly late, so that neither way is taken by luck alone.</summary>
    private static int MillisecondsFromExpiry(int call) => call switch
    {
        < 5 => -1000,
        >= Calls - 5 => 500,
        _ => (call * -3) + 20,
    };

    private static async Task<Answer> VoteAtAsync(Reviewer reviewer, string ticket, int millisecondsFromExpiry)
    {
        var shown = (await reviewer.GetAsync($"/api/v1/tickets/{ticket}")).Json;
        var expiry = DateTimeOffset.Parse(shown.GetProperty("decide_by").GetString()!, CultureInfo.InvariantCulture);
        var until = expiry.AddMilliseconds(millisecondsFromExpiry) - TimeProvider.System.GetUtcNow();
        if (until > TimeSpan.Zero) await Task.Delay(until, TimeProvider.System, TestContext.Current.CancellationToken);
        return await reviewer.ApproveAsync(ticket);
    }
}
