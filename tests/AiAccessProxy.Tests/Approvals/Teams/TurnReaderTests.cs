using System.Text.Json.Nodes;

namespace AiAccessProxy.Tests.Approvals.Teams;

/// <summary>What comes with a good token is read in one way, once, or not at all.</summary>
public sealed class TurnReaderTests : IAsyncLifetime
{
    private static readonly string[] Kinds = ["a text", "", "..", "\u202e", "abcdefab-0000-4000-8000-00000000000f"];

    private TeamsGround _ground = null!;

    public static TheoryData<string> Hostile => [.. HostileActivities.All.Keys];

    public async ValueTask InitializeAsync() => _ground = await TeamsGround.StartAsync();

    public ValueTask DisposeAsync() => _ground.DisposeAsync();

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_click_that_is_none_of_Teams_does_nothing(string what)
    {
        var (body, service) = HostileActivities.All[what];
        var token = _ground.Forge.Token(claims => claims["serviceurl"] = service);

        var (status, answer) = await _ground.SendAsync(body(), token);

        Assert.True(status is 400 or 401 or 403 or 413, $"{status} {answer}");
        Assert.Empty(await _ground.DoneAsync());
    }

    [Fact]
    public async Task A_replayed_click_is_told_so_and_does_nothing_whatever_else_was_changed_in_it()
    {
        var token = _ground.Forge.Token();
        Assert.Equal(200, (await _ground.SendAsync(TeamsGround.Click(), token)).Status);
        var again = TeamsGround.Click();
        again["value"]!["action"]!["verb"] = "deny";

        Assert.Equal(409, (await _ground.SendAsync(TeamsGround.Click(), token)).Status);
        Assert.Equal(409, (await _ground.SendAsync(again, _ground.Forge.Token(claims => claims["jti"] = "another"))).Status);
        Assert.Equal(["channel.turn", "vote.refused"], await _ground.DoneAsync());
    }

    [Fact]
    public async Task Of_the_same_click_many_times_at_once_one_is_taken()
    {
        var token = _ground.Forge.Token();
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => _ground.SendAsync(TeamsGround.Click(), token)));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => Assert.Equal(409, answer.Status));
    }

    [Theory]
    [InlineData("automatic", "approve")]
    [InlineData("manual", "refresh")]
    [InlineData("Manual", "approve")]
    [InlineData("", "refresh")]
    public async Task A_card_that_asks_to_be_shown_anew_is_no_click(string trigger, string verb)
    {
        var activity = TeamsGround.Click();
        activity["value"]!["trigger"] = trigger;
        activity["value"]!["action"]!["verb"] = verb;

        Assert.Equal(200, (await _ground.SendAsync(activity, _ground.Forge.Token())).Status);
        Assert.Empty(await _ground.DoneAsync());
    }

    [Fact]
    public async Task Whatever_is_put_in_the_place_of_anything_that_counts_nobody_else_decides()
    {
        var random = new Random(11);
        string[][] places =
        [
            ["channelId"], ["serviceUrl"], ["channelData", "tenant", "id"], ["conversation", "tenantId"], ["conversation", "conversationType"],
            ["from", "aadObjectId"], ["value", "action", "type"], ["channelData", "tenant"], ["conversation"], ["from"], ["channelData"], ["value"],
        ];
        for (var run = 0; run < Some.Runs(300); run++)
        {
            var (activity, place) = (TeamsGround.Click(), places[random.Next(places.Length)]);
            JsonNode at = activity;
            foreach (var name in place[..^1]) at = at[name]!;
            // Nothing in the place of the conversation's tenant says nothing; the other one counts.
            at[place[^1]] = Anything(random, 3) ?? 1;

            var (status, body) = await _ground.SendAsync(activity, _ground.Forge.Token());
            // Somebody else's object id is as good as any, and of nobody who is known here.
            Assert.True(status is 400 or 403 || place is ["from", "aadObjectId"], $"{status} {body} for {activity.ToJsonString()}");
        }

        Assert.All(await _ground.DoneAsync(), kind => Assert.Equal("vote.refused", kind));
    }

    private static JsonNode? Anything(Random random, int depth) => random.Next(depth > 0 ? 7 : 5) switch
    {
        0 => null,
        1 => random.Next(),
        2 => true,
        3 or 4 => Kinds[random.Next(Kinds.Length)],
        5 => new JsonArray(Anything(random, depth - 1)),
        _ => new JsonObject { [random.Next(2) == 0 ? "id" : "tenant"] = Anything(random, depth - 1) },
    };
}
