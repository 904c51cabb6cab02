using System.Text.Json.Nodes;
using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Teams.Cards;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Tests.Approvals.Teams.Cards;

/// <summary>Whoever tries to decide where nothing can be decided is told so, and it is on record: who, where and why.</summary>
public sealed class RefusedClicksTests : IAsyncLifetime
{
    private PlaygroundGround _ground = null!;

    public async ValueTask InitializeAsync() => _ground = await PlaygroundGround.StartAsync();

    public ValueTask DisposeAsync() => _ground.DisposeAsync();

    [Fact]
    public async Task A_click_on_a_card_that_was_forwarded_decides_nothing_and_is_on_record()
    {
        var (ticket, click) = await _ground.CardAsync();

        var (status, body) = await _ground.InvokeAsync(PlaygroundGround.Again(click, "f:1", forwarded => forwarded["conversation"] = Elsewhere()));

        Assert.Equal(200, status);
        Assert.Contains("This is a copy of a card that was shown elsewhere", body, StringComparison.Ordinal);
        var refused = Assert.Single(await RefusedAsync());
        Assert.Equal((ticket.Id.Value, new RecordedReviewer("grace", "teams", "local")), (refused.Ticket, refused.Reviewer));
        Assert.StartsWith($"a click in groupchat 19:elsewhere@thread.v2, activity {(string?)click["replyToId"]}: This is a copy", refused.Detail, StringComparison.Ordinal);
        Assert.Empty((await _ground.Console.Desk.FindAsync(ticket.Id, TestContext.Current.CancellationToken))!.Votes);

        Assert.Contains("Your approval was counted", (await _ground.InvokeAsync(PlaygroundGround.Again(click, "f:2"))).Body, StringComparison.Ordinal);
        Assert.Single(await RefusedAsync());
    }

    [Fact]
    public async Task Somebody_unknown_who_clicks_is_on_record_by_their_object_id()
    {
        var (ticket, click) = await _ground.CardAsync();

        var (_, body) = await _ground.InvokeAsync(PlaygroundGround.Again(click, "f:1", theirs => theirs["from"]!["aadObjectId"] = PlaygroundGround.Stranger));

        Assert.Contains($"entra: {PlaygroundGround.Stranger}", body, StringComparison.Ordinal);
        var refused = Assert.Single(await RefusedAsync());
        Assert.Equal((ticket.Id.Value, null), (refused.Ticket, refused.Reviewer));
        Assert.Contains($"by {PlaygroundGround.Stranger} of Entra ID: nobody who is known here", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_other_click_that_no_card_of_ours_makes_is_on_record_too()
    {
        var (ticket, click) = await _ground.CardAsync();
        var forged = new (string Says, Action<JsonObject> Change)[]
        {
            ("no card of a ticket", activity => Action(activity)["data"] = new JsonObject { ["ticket"] = 1 }),
            ("This card is not known here any more.", activity => Action(activity)["data"]!["copy"] = new string('0', 32)),
            ("This is a copy of a card", activity => activity["replyToId"] = "1699"),
            ("this button is not known here", activity => Action(activity)["verb"] = "approve-all"),
            ("the reason is longer than", activity => (Action(activity)["verb"], Action(activity)["data"]!["reason"]) = ("deny", new string('x', 1001))),
        };
        foreach (var (index, (says, change)) in forged.Index())
        {
            var (status, body) = await _ground.InvokeAsync(PlaygroundGround.Again(click, $"f:{index}", change));
            Assert.Equal(200, status);
            Assert.Contains(says, body, StringComparison.Ordinal);
        }

        Assert.Equal(forged.Length, (await RefusedAsync()).Count);
        Assert.All(forged.Zip(await RefusedAsync()), one => Assert.Contains(one.First.Says, one.Second.Detail, StringComparison.Ordinal));
        Assert.Empty((await _ground.Console.Desk.FindAsync(ticket.Id, TestContext.Current.CancellationToken))!.Votes);
    }

    [Fact]
    public async Task Programs_that_click_on_copies_fill_no_ledger()
    {
        var (_, click) = await _ground.CardAsync();
        for (var i = 0; i < 40; i++)
            await _ground.InvokeAsync(PlaygroundGround.Again(click, $"f:{i}", forwarded => forwarded["conversation"] = Elsewhere()));

        Assert.Equal(RefusedClicks.MostEach, (await RefusedAsync()).Count);
        await UntilCountedAsync(40 - RefusedClicks.MostEach);
        for (var i = 0; i < 2 * RefusedClicks.MostOfAll; i++)
            await _ground.InvokeAsync(PlaygroundGround.Again(click, $"g:{i}", theirs => theirs["from"]!["aadObjectId"] = $"abcdefab-0000-4000-8000-{i + 1000:d12}"));
        Assert.Equal(RefusedClicks.MostEach + RefusedClicks.MostOfAll, (await RefusedAsync()).Count);
    }

    private static JsonNode Action(JsonObject activity) => activity["value"]!["action"]!;

    private static JsonObject Elsewhere() => new() { ["id"] = "19:elsewhere@thread.v2", ["conversationType"] = "groupChat", ["tenantId"] = TeamsGround.Tenant };

    private async Task<List<LedgerRecord>> RefusedAsync() =>
        [.. (await _ground.Console.RecordsAsync()).Where(record => record.Kind == RecordKind.VoteRefused)];

    private async Task UntilCountedAsync(int count)
    {
        _ground.Console.Time.Advance(TimeSpan.FromMinutes(1));
        await Eventually.HoldsAsync(
            async () => (await _ground.Console.RecordsAsync()).Any(record => record is { Kind: RecordKind.Refused, Detail: RefusedClicks.Kind } && record.Count == count),
            "the rest is counted");
    }
}
