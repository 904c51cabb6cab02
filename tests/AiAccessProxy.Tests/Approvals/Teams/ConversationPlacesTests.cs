using System.Text.Json.Nodes;
using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Approvals.Teams;
using AiAccessProxy.Approvals.Teams.Install;
using AiAccessProxy.Policies;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Approvals.Teams;

/// <summary>Where a ticket goes is what the settings call a place, or somebody's own chat, as long as the bot is there.</summary>
public sealed class ConversationPlacesTests : IAsyncLifetime
{
    private PlaygroundGround _ground = null!;

    public async ValueTask InitializeAsync() => _ground = await PlaygroundGround.StartAsync();

    public ValueTask DisposeAsync() => _ground.DisposeAsync();

    [Fact]
    public async Task A_place_is_found_where_the_bot_is_and_nowhere_else()
    {
        await InstallAsync("personal", "a:chat");
        await InstallAsync("groupChat", "19:group@thread.v2");
        await InstallAsync("channel", "19:team@thread.tacv2");

        Assert.Equal("a:chat", await IdOfAsync("person.grace"));
        Assert.Equal("19:group@thread.v2", await IdOfAsync("group"));
        Assert.Equal("19:security@thread.tacv2", await IdOfAsync("security"));
        foreach (var nowhere in new[] { "person.joan", "person.", "person.Grace", "elsewhere", "unnamed", "chat", "19:group@thread.v2" }) Assert.Null(await IdOfAsync(nowhere));

        await InstallAsync("channel", "19:team@thread.tacv2", "remove");
        Assert.Null(await IdOfAsync("security"));
    }

    [Fact]
    public async Task A_channel_is_found_by_its_team_wherever_in_that_team_the_bot_was_added()
    {
        await InstallAsync("channel", "19:other@thread.tacv2", team: "19:team@thread.tacv2");

        Assert.Equal("19:security@thread.tacv2", await IdOfAsync("security"));
    }

    [Fact]
    public async Task In_the_playground_tickets_are_told_where_the_bot_was_added_last_unless_a_place_is_named()
    {
        Assert.Null(await IdOfAsync("playground"));
        await InstallAsync("personal", "a:chat");
        Assert.Equal("a:chat", await IdOfAsync("playground"));
        _ground.Console.Time.Advance(TimeSpan.FromSeconds(1));
        await InstallAsync("groupChat", "19:group@thread.v2");
        Assert.Equal("19:group@thread.v2", await IdOfAsync("playground"));

        Assert.Null(await IdOfAsync("playground", isPlayground: false));
        Assert.Equal(["teams:playground"], _ground.Console.Of<IOptions<ChannelOptions>>().Value.Default);
        foreach (var (options, expected) in new[]
        {
            (new ChannelOptions { Default = { "teams:security" } }, new[] { "teams:security" }), (new ChannelOptions(), ["teams:playground"]),
        })
        {
            new PlaygroundPlace(Options.Create(new TeamsOptions { Playground = true })).PostConfigure(null, options);
            Assert.Equal(expected, options.Default);
        }

        var real = new ChannelOptions();
        new PlaygroundPlace(Options.Create(new TeamsOptions())).PostConfigure(null, real);
        Assert.Empty(real.Default);
    }

    [Theory]
    [InlineData("security", null)]
    [InlineData("=19:x@thread.v2", null)]
    [InlineData("security=", null)]
    [InlineData("security=..", null)]
    [InlineData("security=a/../b", null)]
    [InlineData("security=a/b/c", null)]
    [InlineData("person.grace=19:x@thread.v2", null)]
    [InlineData("sec urity=19:x@thread.v2", null)]
    [InlineData("security=19:x@thread.v2", "19:x@thread.v2 19:x@thread.v2")]
    [InlineData("security=19:t@thread.tacv2/19:c@thread.tacv2", "19:t@thread.tacv2 19:c@thread.tacv2")]
    public void A_name_is_read_in_one_way_or_told(string text, string? read)
    {
        Assert.Equal(read, NamedPlace.Read(text) is { } place ? $"{place.Installed} {place.Conversation}" : null);
        Assert.Equal(read is null, new TeamsOptions { Playground = true, Tenants = { TeamsGround.Tenant }, Places = { text } }.Problems().Any());
    }

    private async Task<string?> IdOfAsync(string place, bool isPlayground = true)
    {
        var options = new TeamsOptions
        {
            Playground = isPlayground,
            Places = { "group=19:group@thread.v2", "security=19:team@thread.tacv2/19:security@thread.tacv2", "elsewhere=19:other@thread.v2", "chat=a:chat" },
        };
        var places = new ConversationPlaces(
            _ground.Console.Of<ConversationBook>(), _ground.Console.Of<ConversationWatch>(), _ground.Console.Of<PolicyStore>(), Options.Create(options));
        return (await places.FindAsync(place, TestContext.Current.CancellationToken))?.Id;
    }

    private async Task InstallAsync(string scope, string conversation, string action = "add", string? team = null) =>
        Assert.Equal(200, await _ground.SendAsync(TeamsGround.Activity("installationUpdate", activity =>
        {
            (activity["action"], activity["conversation"]!["conversationType"], activity["conversation"]!["id"]) = (action, scope, conversation);
            if (scope == "channel") activity["channelData"]!["team"] = new JsonObject { ["id"] = team ?? conversation };
        })));
}
