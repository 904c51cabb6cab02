using System.Text.Json.Nodes;
using AiAccessProxy.Approvals.Teams.Install;

namespace AiAccessProxy.Tests.Approvals.Teams;

/// <summary>Anybody in a tenant can add the bot to chats of their own: the ledger holds so many, and those that count.</summary>
public sealed class TooManyConversationsTests : IAsyncLifetime
{
    private const int Most = 3;

    private PlaygroundGround _ground = null!;

    public async ValueTask InitializeAsync() =>
        _ground = await PlaygroundGround.StartAsync(("teams:maxConversations", $"{Most}"), ("teams:places:0", "security=19:named@thread.v2"));

    public ValueTask DisposeAsync() => _ground.DisposeAsync();

    [Fact]
    public async Task Chats_beyond_the_limit_are_told_so_and_leave_nothing_behind()
    {
        for (var i = 0; i < 6; i++) await InstallAsync("groupChat", $"19:{i}@thread.v2");

        Assert.Equal(["19:0@thread.v2", "19:1@thread.v2", "19:2@thread.v2"], await KnownAsync());
        Assert.Equal(Most, (await _ground.Console.RecordsAsync()).Count(record => record.Kind == "channel.installed"));
        var said = _ground.Connector.Heard.Select(one => (string?)one.Body!["text"]).ToList();
        Assert.Equal(3, said.Count);
        Assert.All(said, text => Assert.Contains("more chats than teams:maxConversations allows", text, StringComparison.Ordinal));
        Assert.Contains("19:5@thread.v2", said[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Room_is_always_left_for_named_places_chats_of_people_who_are_known_and_chats_that_come_back()
    {
        for (var i = 0; i < Most; i++) await InstallAsync("groupChat", $"19:{i}@thread.v2");
        await InstallAsync("groupChat", "19:0@thread.v2", activity => activity["action"] = "remove");
        // One that was removed is a register like others.
        await InstallAsync("groupChat", "19:9@thread.v2");
        await InstallAsync("personal", "a:stranger", activity => activity["from"]!["aadObjectId"] = PlaygroundGround.Stranger);
        Assert.Equal(["19:1@thread.v2", "19:2@thread.v2"], await KnownAsync());

        await InstallAsync("groupChat", "19:0@thread.v2");
        await InstallAsync("groupChat", "19:named@thread.v2");
        await InstallAsync("personal", "a:grace");
        Assert.Equal(["19:0@thread.v2", "19:1@thread.v2", "19:2@thread.v2", "19:named@thread.v2", "a:grace"], await KnownAsync());
    }

    private async Task InstallAsync(string scope, string conversation, Action<JsonObject>? more = null) =>
        Assert.Equal(200, await _ground.SendAsync(TeamsGround.Activity("installationUpdate", activity =>
        {
            (activity["action"], activity["conversation"]!["conversationType"], activity["conversation"]!["id"]) = ("add", scope, conversation);
            more?.Invoke(activity);
        })));

    private async Task<List<string>> KnownAsync() => [.. (await _ground.Console.Of<ConversationBook>().AllAsync(TestContext.Current.CancellationToken)
        .ToListAsync(TestContext.Current.CancellationToken)).Select(known => known.In.Id).Order(StringComparer.Ordinal)];
}
