using System.Text.Json.Nodes;
using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Approvals.Teams;
using AiAccessProxy.Approvals.Teams.Connector;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Approvals.Teams;

/// <summary>What goes out to Teams, against a connector on this machine that does not always behave.</summary>
public sealed class ConnectorClientTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly IOptions<TeamsOptions> _options = Options.Create(new TeamsOptions { Playground = true });

    private ConnectorDouble _connector = null!;
    private ConnectorWire _wire = null!;
    private ConnectorClient _client = null!;

    private Conversation Chat => new(_connector.Service, "19:a/b@thread.v2;messageid=17", ConversationScope.GroupChat, TeamsGround.Tenant);

    private static JsonObject Activity => new() { ["type"] = "message", ["text"] = "hello" };

    public async ValueTask InitializeAsync()
    {
        _connector = await ConnectorDouble.StartAsync();
        _wire = new(_options, _time);
        _client = new(new(_options), new NoTokens(), _wire);
    }

    public async ValueTask DisposeAsync()
    {
        _wire.Dispose();
        await _connector.DisposeAsync();
    }

    [Fact]
    public async Task It_posts_updates_and_opens_by_addresses_that_say_exactly_what_is_meant()
    {
        Assert.Equal(new ConnectorOutcome.Posted(Chat.Id, "17001"), await PostAsync());
        Assert.Equal(new ConnectorOutcome.Posted(Chat.Id, "a/1"), await _client.UpdateAsync(Chat, "a/1", Activity, Stop));
        Assert.Equal(new ConnectorOutcome.Posted("17003", ""), await _client.OpenAsync(_connector.Service, TeamsGround.Tenant, "28:bot", "29:grace", Stop));

        Assert.Equal(
        [
            "POST /_connector/v3/conversations/19%3Aa%2Fb%40thread.v2%3Bmessageid%3D17/activities",
            "PUT /_connector/v3/conversations/19%3Aa%2Fb%40thread.v2%3Bmessageid%3D17/activities/a%2F1",
            "POST /_connector/v3/conversations",
        ], _connector.Heard.Select(one => one.Line));
        Assert.Equal("29:grace", (string?)_connector.Heard.Last().Body!["members"]![0]!["id"]);
        Assert.All(_connector.Heard, one => Assert.Null(one.Credential));
    }

    [Theory]
    [InlineData(429, "7", 7)]
    [InlineData(412, null, null)]
    [InlineData(502, "", null)]
    [InlineData(504, "soon", null)]
    [InlineData(429, "Sat, 21 Nov 2026 09:01:00 GMT", 60)]
    [InlineData(429, "Sat, 21 Nov 2020 09:01:00 GMT", null)]
    [InlineData(429, "-5", null)]
    public async Task Whoever_has_no_time_is_asked_again_when_they_said(int status, string? after, int? seconds)
    {
        _connector.Answer = context =>
        {
            context.Response.StatusCode = status;
            if (after is not null) context.Response.Headers.RetryAfter = after;
            return Task.CompletedTask;
        };

        Assert.Equal(new ConnectorOutcome.Throttled(seconds is { } known ? TimeSpan.FromSeconds(known) : null), await PostAsync());
        Assert.Single(_connector.Heard);
    }

    [Theory]
    [InlineData(403, typeof(ConnectorOutcome.Gone))]
    [InlineData(404, typeof(ConnectorOutcome.Gone))]
    [InlineData(410, typeof(ConnectorOutcome.Gone))]
    [InlineData(400, typeof(ConnectorOutcome.Refused))]
    [InlineData(401, typeof(ConnectorOutcome.Refused))]
    [InlineData(413, typeof(ConnectorOutcome.Refused))]
    [InlineData(301, typeof(ConnectorOutcome.Refused))]
    [InlineData(307, typeof(ConnectorOutcome.Refused))]
    [InlineData(500, typeof(ConnectorOutcome.Unreachable))]
    [InlineData(503, typeof(ConnectorOutcome.Unreachable))]
    public async Task Every_other_answer_is_told_apart_and_nothing_is_sent_twice_or_elsewhere(int status, Type outcome)
    {
        _connector.Answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = $"{_connector.Service}/elsewhere";
            return context.Response.WriteAsync("""{ "error": { "message": "a secret of theirs" } }""");
        };

        var told = await PostAsync();

        Assert.IsType(outcome, told);
        Assert.DoesNotContain("secret", told.ToString(), StringComparison.Ordinal);
        Assert.Single(_connector.Heard);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{ "id": "" }""")]
    [InlineData("""{ "id": 17 }""")]
    [InlineData("""{ "id": null }""")]
    [InlineData("""{ "id": ".." }""")]
    [InlineData("""{ "id": "a b" }""")]
    [InlineData("""{ "id": "a", "id": "b" }""")]
    [InlineData("""{ "id": "\ud800" }""")]
    [InlineData("""{ "id": "a" """)]
    [InlineData("huge")]
    [InlineData("long")]
    public async Task A_card_of_which_nobody_knows_the_id_counts_as_perhaps_posted(string body)
    {
        _connector.Answer = context => context.Response.WriteAsync(body switch
        {
            "huge" => $$"""{ "id": "a", "x": "{{new string('x', 1 << 20)}}" }""",
            "long" => $$"""{ "id": "{{new string('x', 2000)}}" }""",
            _ => body,
        });

        Assert.IsType<ConnectorOutcome.Unreachable>(await PostAsync());
    }

    [Fact]
    public async Task Whoever_does_not_answer_is_given_up()
    {
        var asked = new TaskCompletionSource();
        _connector.Answer = async context =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        };
        var posting = PostAsync();
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(2), Stop);
        _time.Advance(_options.Value.Timeout);

        Assert.IsType<ConnectorOutcome.Unreachable>(await posting);
    }

    [Fact]
    public async Task Whoever_does_not_end_their_answer_is_given_up()
    {
        var begun = new TaskCompletionSource();
        _connector.Answer = async context =>
        {
            await context.Response.WriteAsync("{ \"id\": ");
            await context.Response.Body.FlushAsync();
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        };
        var posting = PostAsync();
        await begun.Task.WaitAsync(TimeSpan.FromMinutes(2), Stop);
        _time.Advance(_options.Value.Timeout);

        Assert.IsType<ConnectorOutcome.Unreachable>(await posting);
    }

    [Fact]
    public async Task A_connector_that_is_not_there_is_unreachable()
    {
        await _connector.DisposeAsync();
        Assert.IsType<ConnectorOutcome.Unreachable>(await PostAsync());
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("http://192.0.2.1/")]
    [InlineData("https://smba.trafficmanager.net/emea/")]
    [InlineData("http://x@127.0.0.1/")]
    public async Task Nothing_is_sent_to_a_connector_that_is_not_allowed(string service) =>
        Assert.IsType<ConnectorOutcome.Refused>(await _client.PostAsync(Chat with { Service = new(service) }, Activity, Stop));

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("a\nb")]
    public async Task An_id_that_leads_elsewhere_is_not_sent(string id)
    {
        Assert.IsType<ConnectorOutcome.Refused>(await _client.PostAsync(Chat with { Id = id }, Activity, Stop));
        Assert.IsType<ConnectorOutcome.Refused>(await _client.UpdateAsync(Chat, id, Activity, Stop));
        Assert.Empty(_connector.Heard);
    }

    [Fact]
    public void Waiting_grows_is_bounded_and_is_no_less_than_what_was_asked_for()
    {
        var dice = new Random(3);
        for (var run = 0; run < Some.Runs(500); run++)
        {
            var (tries, asked) = (dice.Next(0, 40), dice.Next(2) == 0 ? (TimeSpan?)null : TimeSpan.FromSeconds(dice.Next(-5, 4000)));
            var wait = BackOff.Before(tries, asked, dice.NextDouble());
            Assert.InRange(wait, BackOff.First / 8, BackOff.Longest * 1.25);
            if (asked is { } least && least <= BackOff.Longest) Assert.True(wait >= least);
        }

        Assert.True(BackOff.Before(6, null, 0) > BackOff.Before(1, null, 0.999));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<ConnectorOutcome> PostAsync() => await _client.PostAsync(Chat, Activity, Stop);
}
