using AiAccessProxy.Approvals.Teams;
using AiAccessProxy.Approvals.Teams.Chat;
using AiAccessProxy.Approvals.Teams.Connector;
using AiAccessProxy.Approvals.Teams.Inbound;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiAccessProxy.Tests.Approvals.Teams;

/// <summary>What people write to the bot and what it says.</summary>
public sealed class BotCommandTests : IAsyncLifetime
{
    private PlaygroundGround _ground = null!;

    public async ValueTask InitializeAsync() => _ground = await PlaygroundGround.StartAsync();

    public ValueTask DisposeAsync() => _ground.DisposeAsync();

    [Fact]
    public async Task Who_am_I_says_who_and_that_nothing_proves_it_in_the_playground()
    {
        var said = await _ground.SayAsync("<at>AI access</at> Who  am I?", type: "groupChat");

        Assert.Contains("You are Grace (grace), but nothing here proves it", said, StringComparison.Ordinal);
        Assert.Contains("finance, operators", said, StringComparison.Ordinal);
        var body = Assert.Single(_ground.Connector.Heard).Body!;
        Assert.Equal(("message", "plain", "m1"), ((string?)body["type"], (string?)body["textFormat"], (string?)body["replyToId"]));
        Assert.False(string.IsNullOrEmpty((string?)body["summary"]));
    }

    [Fact]
    public async Task Who_am_I_says_in_a_channel_what_the_settings_call_it()
    {
        foreach (var (channel, named) in new[] { ("19:security@thread.tacv2", "19:team@thread.tacv2/19:security@thread.tacv2"), ("19:team@thread.tacv2", "19:team@thread.tacv2") })
        {
            Assert.Equal(200, await _ground.SendAsync(TeamsGround.Activity("message", activity =>
            {
                (activity["text"], activity["id"]) = ("<at>AI access</at> who am i", channel);
                (activity["conversation"]!["conversationType"], activity["conversation"]!["id"]) = ("channel", $"{channel};messageid=17");
                activity["channelData"]!["team"] = new System.Text.Json.Nodes.JsonObject { ["id"] = "19:team@thread.tacv2" };
            })));
            Assert.EndsWith($"For teams:places, this is {named}", (string?)_ground.Connector.Heard.Last().Body!["text"], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("X-Forwarded-For", "192.0.2.1")]
    [InlineData("Forwarded", "for=192.0.2.1")]
    [InlineData("Via", "1.1 gateway")]
    public async Task The_playground_is_not_open_to_those_whom_a_server_on_this_machine_brings(string header, string value)
    {
        var command = TeamsGround.Activity("message", activity => activity["text"] = "suspend billing-bot because");

        Assert.Equal(401, await _ground.SendAsync(command, (header, value)));
        Assert.False(await IsSuspendedAsync());
        Assert.Empty(_ground.Connector.Heard);
        Assert.Equal(200, await _ground.SendAsync(command));
        Assert.True(await IsSuspendedAsync());
    }

    [Fact]
    public async Task Somebody_unknown_is_told_how_they_would_be_known_and_nothing_else()
    {
        var ticket = await _ground.Console.OpenAsync();
        foreach (var text in new[] { "pending", $"show {ticket.Id}", "suspend billing-bot", "who am i", "hello" })
        {
            var said = await _ground.SayAsync(text, PlaygroundGround.Stranger);
            Assert.Contains($"entra: {PlaygroundGround.Stranger}", said, StringComparison.Ordinal);
            Assert.DoesNotContain("billing-bot", said, StringComparison.Ordinal);
        }

        Assert.False(await IsSuspendedAsync());
    }

    [Fact]
    public async Task Pending_tickets_are_told_in_private_with_those_first_that_are_yours()
    {
        Assert.Contains("Nothing waits", await _ground.SayAsync("pending"), StringComparison.Ordinal);
        var ticket = await _ground.Console.OpenAsync();

        Assert.Contains($"yours to decide: {ticket.Id}", await _ground.SayAsync("pending"), StringComparison.Ordinal);
        Assert.Contains("You may decide it", await _ground.SayAsync($"show {ticket.Id.Value[2..14]}"), StringComparison.Ordinal);
        Assert.Contains("You cannot approve it", await _ground.SayAsync($"show {ticket.Id}", PlaygroundGround.Joan), StringComparison.Ordinal);
        Assert.Contains("no such ticket", await _ground.SayAsync("show t_0"), StringComparison.Ordinal);
        foreach (var type in new[] { "groupChat", "channel" })
        {
            Assert.Contains("Others read this", await _ground.SayAsync("pending", type: type), StringComparison.Ordinal);
            Assert.DoesNotContain("billing-bot", await _ground.SayAsync($"show {ticket.Id}", type: type), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_owners_and_operators_suspend_once_and_on_record()
    {
        Assert.Contains("operators", await _ground.SayAsync("suspend billing-bot because", PlaygroundGround.Joan), StringComparison.Ordinal);
        Assert.False(await IsSuspendedAsync());
        Assert.Contains("no agent", await _ground.SayAsync("suspend somebody"), StringComparison.Ordinal);

        Assert.Contains("is suspended", await _ground.SayAsync("suspend billing-bot it exports too much", id: "s1"), StringComparison.Ordinal);
        Assert.True(await IsSuspendedAsync());
        var record = (await _ground.Console.RecordsAsync()).Single(record => record.Kind == RecordKind.AgentSuspended);
        Assert.Equal((new RecordedReviewer("grace", "teams", "local"), "it exports too much"), (record.Reviewer, record.Detail));

        // The same activity again, after somebody resumed it, must not suspend it again.
        await _ground.Console.Of<AiAccessProxy.Approvals.Roster.RosterDesk>().ResumeAsync("billing-bot", new(Some.Person("grace"), "console", "key"), null);
        Assert.Null(await _ground.SayAsync("suspend billing-bot it exports too much", id: "s1"));
        Assert.False(await IsSuspendedAsync());
    }

    [Fact]
    public async Task A_busy_connector_is_asked_again_and_what_cannot_be_said_breaks_nothing()
    {
        var tries = 0;
        _ground.Connector.Answer = context =>
        {
            context.Response.StatusCode = 429;
            Interlocked.Increment(ref tries);
            return Task.CompletedTask;
        };
        // By the machine's own clock: who waits by one that is moved by hand cannot be told from who waits for the wire.
        var replies = new Replies(_ground.Console.Of<ConnectorClient>(), TimeProvider.System, NullLogger<Replies>.Instance);
        var to = new Conversation(_ground.Connector.Service, "a:chat", ConversationScope.Personal, TeamsGround.Tenant);
        await replies.SayAsync(to, "m1", ["Help."], TestContext.Current.CancellationToken);

        Assert.Equal(3, tries);
    }

    [Theory]
    [InlineData("pending", typeof(BotCommand.Pending))]
    [InlineData("PENDING", typeof(BotCommand.Pending))]
    [InlineData("pending all", typeof(BotCommand.Help))]
    [InlineData("show", typeof(BotCommand.Help))]
    [InlineData("show t_1", typeof(BotCommand.Show))]
    [InlineData("who am I?", typeof(BotCommand.WhoAmI))]
    [InlineData("whoami", typeof(BotCommand.WhoAmI))]
    [InlineData("who is grace", typeof(BotCommand.Help))]
    [InlineData("suspend", typeof(BotCommand.Help))]
    [InlineData("suspend bot", typeof(BotCommand.Suspend))]
    [InlineData("approve t_1", typeof(BotCommand.Help))]
    [InlineData("", typeof(BotCommand.Help))]
    public void Words_are_commands_or_ask_for_help(string text, Type command) => Assert.IsType(command, BotCommand.Read(WrittenText.Of(text)));

    [Fact]
    public void What_was_written_is_words_on_one_line_whatever_it_was()
    {
        var random = new Random(5);
        string[] pieces = ["suspend ", "bot", "\n", "\u202e", "\u200b", "<at>", "</at>", "<at id=\"0\">AI access</at>", "&nbsp;", "&#x202e;", "\ud83d\ude00", "\ud800", "\u0000", "<", ">", "\U000E0061", "\u2028"];
        for (var run = 0; run < Some.Runs(2000); run++)
        {
            var written = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            var text = WrittenText.Of(random.Next(50) == 0 ? written + new string('x', 10_000) : written);
            Assert.True(text.Length <= Turn.Message.LongestText && text == text.Trim() && !text.Contains("  ", StringComparison.Ordinal), text);
            Assert.DoesNotContain(text, character => char.IsControl(character) || character is '\u202e' or '\u200b' or '\u2028');
        }
    }

    private Task<bool> IsSuspendedAsync() => Task.FromResult(_ground.Console.Of<PolicyStore>().Current.Agents.SuspensionOf("billing-bot") is not null);
}
