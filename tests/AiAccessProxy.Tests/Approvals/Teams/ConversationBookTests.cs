using System.Text.Json.Nodes;
using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Teams;
using AiAccessProxy.Approvals.Teams.Install;
using AiAccessProxy.Policies;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Approvals.Teams;

/// <summary>Where the bot may say something is known to whoever reads the ledger, also after a restart.</summary>
public sealed class ConversationBookTests : IAsyncLifetime
{
    private PlaygroundGround _ground = null!;

    public async ValueTask InitializeAsync() => _ground = await PlaygroundGround.StartAsync();

    public ValueTask DisposeAsync() => _ground.DisposeAsync();

    [Fact]
    public async Task An_installation_is_known_to_every_other_process_until_the_bot_is_removed_and_again_after_that()
    {
        await SendAsync("installationUpdate", "personal", "a:chat", activity => activity["action"] = "add");
        await SendAsync("conversationUpdate", "channel", "19:team@thread.tacv2;messageid=1", activity =>
        {
            activity["membersAdded"] = new JsonArray(new JsonObject { ["id"] = $"28:{TeamsGround.App}" });
            activity["channelData"]!["team"] = new JsonObject { ["id"] = "19:team@thread.tacv2" };
        });
        var known = await KnownAsync();
        Assert.Equal(["19:team@thread.tacv2", "a:chat"], known.Select(one => one.In.Id).Order(StringComparer.Ordinal));
        var (chat, team) = (known.Single(one => one.In.Scope == ConversationScope.Personal), known.Single(one => one.In.Scope == ConversationScope.Channel));
        Assert.Equal((TeamsGround.Grace, "29:grace", null), (chat.Around.ObjectId, chat.Around.User, chat.Around.Team));
        Assert.Equal((null, null, "19:team@thread.tacv2"), (team.Around.ObjectId, team.Around.User, team.Around.Team));
        Assert.Equal((_ground.Connector.Service, TeamsGround.Tenant), (team.In.Service, team.In.Tenant));

        await SendAsync("installationUpdate", "personal", "a:chat", activity => activity["action"] = "remove");
        Assert.Equal(["19:team@thread.tacv2"], (await KnownAsync()).Select(one => one.In.Id));
        Assert.Null(await Book().FindAsync(chat.In, TestContext.Current.CancellationToken));
        await SendAsync("installationUpdate", "personal", "a:chat", activity => activity["action"] = "add");
        Assert.Equal(2, (await KnownAsync()).Count);
    }

    [Fact]
    public async Task What_is_known_already_is_not_recorded_again()
    {
        for (var i = 0; i < 3; i++) await SendAsync("installationUpdate", "personal", "a:chat", activity => activity["action"] = "add");
        for (var i = 0; i < 3; i++) await SendAsync("installationUpdate", "personal", "a:chat", activity => activity["action"] = "remove");

        Assert.Equal(
            ["channel.installed", "channel.removed"],
            (await _ground.Console.RecordsAsync()).Select(record => record.Kind).Where(kind => kind.StartsWith("channel.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Somebody_elses_coming_and_going_changes_nothing()
    {
        await SendAsync("conversationUpdate", "groupChat", "19:x@thread.v2", activity => activity["membersAdded"] = new JsonArray(new JsonObject { ["id"] = "29:ada" }));
        Assert.Empty(await KnownAsync());
        await SendAsync("installationUpdate", "groupChat", "19:x@thread.v2", activity => activity["action"] = "add");
        await SendAsync("conversationUpdate", "groupChat", "19:x@thread.v2", activity => activity["membersRemoved"] = new JsonArray(new JsonObject { ["id"] = "29:ada" }));
        Assert.Single(await KnownAsync());
    }

    /// <summary>Of another process on the same ledger.</summary>
    private ConversationBook Book() => new(
        _ground.Console.Ledger, _ground.Console.Of<Records>(), _ground.Console.Of<PolicyStore>(), _ground.Console.Of<IOptions<TeamsOptions>>());

    private async Task<List<KnownConversation>> KnownAsync()
    {
        var known = new List<KnownConversation>();
        await foreach (var one in Book().AllAsync(TestContext.Current.CancellationToken)) known.Add(one);
        return known;
    }

    private async Task SendAsync(string type, string scope, string conversation, Action<JsonObject> more) =>
        Assert.Equal(200, await _ground.SendAsync(TeamsGround.Activity(type, activity =>
        {
            (activity["conversation"]!["conversationType"], activity["conversation"]!["id"]) = (scope, conversation);
            more(activity);
        })));
}
