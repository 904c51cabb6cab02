using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.EndToEnd;

/// <summary><c>global.yaml</c>: what it denies no route allows, from the moment it is in force until it is taken back.</summary>
public class GlobalRulesTests
{
    private const string NoAdmin = """
        version: 1
        rules:
          - { id: no-admin, effect: deny, match: { paths: ["/admin/**"] } }

        """;

    [Fact]
    public async Task A_denial_in_it_beats_the_allowance_of_every_route_and_comes_and_goes_with_the_file()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies
            .Route("api", upstream.Address, Rules.ReadsPass)
            .Route("more", upstream.Address, Rules.ReadsPass));
        var bot = world.Agent();
        Assert.Equal(200, (await bot.GetAsync("/api/admin/users")).Status);

        world.Policies.Write("global.yaml", NoAdmin);
        await Eventually.HoldsAsync(async () => (await bot.GetAsync("/api/admin/users")).Said == "403 denied", "the rule for every route is in force");
        var sent = upstream.Requests.Count;
        var denied = await bot.GetAsync("/more/admin/users");
        Assert.Equal(("403 denied", "no-admin"), (denied.Said, denied.Json.GetProperty("rule").GetString()));
        Assert.Equal(sent, upstream.Requests.Count);
        Assert.Equal(200, (await bot.GetAsync("/more/users")).Status);

        // It may never give any freedom, and one that tries changes nothing.
        world.Policies.Write("global.yaml", NoAdmin.Replace("effect: deny", "effect: allow", StringComparison.Ordinal));
        await world.Story.AllAsync(records => records.Any(record => record.Kind == RecordKind.PolicyRefused && record.Detail!.Contains("global.yaml:3", StringComparison.Ordinal)), "the refusal of the file");
        Assert.Equal("403 denied", (await bot.GetAsync("/api/admin/users")).Said);

        File.Delete(Path.Combine(world.Policies.Path, "global.yaml"));
        await Eventually.HoldsAsync(async () => (await bot.GetAsync("/api/admin/users")).Status == 200, "the rule is gone");
        var story = await world.Story.AllAsync();
        Assert.All(story.Where(record => record.Decision == "deny"), record => Assert.Equal(["no-admin"], record.Rules));
        Assert.Contains(story, record => record is { Decision: "deny", Action.Route: "more" });
    }
}
