using System.Globalization;
using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.EndToEnd;

/// <summary><c>rate: { calls, within }</c>: who calls too often is told how long to wait, and nobody else is.</summary>
public class RateTests
{
    [Fact]
    public async Task The_call_too_many_is_refused_on_record_and_not_sent_until_its_time_has_come_and_others_go_on()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, """
            - id: read
              match: { methods: [GET], paths: ["/**"] }
              effect: allow
              rate: { calls: 3, within: 20s }
            - id: write
              match: { methods: [POST], paths: ["/**"] }
              effect: allow
            """));
        var (bot, other) = (world.Agent(), world.Agent(world.Policies.Other));
        for (var call = 1; call <= 3; call++) Assert.Equal(200, (await bot.GetAsync($"/api/{call}")).Status);

        var refused = await bot.GetAsync("/api/4");

        Assert.Equal("429 too-many", refused.Said);
        Assert.InRange(int.Parse(refused.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 20);
        Assert.Contains("rule read of route api", refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        // Neither another agent nor another rule has lost anything.
        Assert.Equal(200, (await other.GetAsync("/api/theirs")).Status);
        Assert.Equal(200, (await bot.PostAsync("/api/5", "{}")).Status);
        Assert.Equal(5, upstream.Requests.Count);
        var record = Assert.Single(await world.Story.AllAsync(), record => record.Kind == RecordKind.Refused);
        Assert.Equal(("bot", "/4", refused.Json.GetProperty("record").GetString()), (record.Agent!.Id, record.Action!.Target, record.Id.ToString()));
        Assert.Contains("too-many", record.Detail, StringComparison.Ordinal);

        await Eventually.HoldsAsync(async () => (await bot.GetAsync("/api/again")).Status == 200, "the oldest call counts no more");
        Assert.Equal(6, upstream.Requests.Count);
    }
}
