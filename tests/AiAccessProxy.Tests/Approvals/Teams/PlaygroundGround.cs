using System.Text;
using System.Text.Json.Nodes;
using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Approvals.Teams.Cards;
using AiAccessProxy.People;
using AiAccessProxy.Policies;
using Console = AiAccessProxy.Tests.Control.Console;

namespace AiAccessProxy.Tests.Approvals.Teams;

/// <summary>A control plane in playground mode with a connector on this machine: what the bot says can be read. Grace is an operator.</summary>
internal sealed class PlaygroundGround : IAsyncDisposable
{
    public const string Joan = "abcdefab-0000-4000-8000-00000000001c";
    public const string Stranger = "abcdefab-0000-4000-8000-00000000002c";

    private readonly HttpClient _http = new();
    private int _ids;

    private PlaygroundGround(Console console, ConnectorDouble connector) => (Console, Connector) = (console, connector);

    public Console Console { get; }

    public ConnectorDouble Connector { get; }

    public static async Task<PlaygroundGround> StartAsync(params (string Key, string? Value)[] settings)
    {
        var console = await Console.StartAsync([("teams:playground", "true"), ("teams:tenants", TeamsGround.Tenant), .. settings]);
        var before = Console.Snapshot;
        var people = before.People.All.Select(person => person.Id switch
        {
            "grace" => person with { Identities = [Identity.OfEntra(TeamsGround.Grace)] },
            "joan" => person with { Identities = [Identity.OfEntra(Joan)] },
            _ => person,
        }).ToList();
        var groups = new Dictionary<string, IReadOnlyList<string>> { ["finance"] = ["grace", "lin"], ["security"] = ["joan"], ["operators"] = ["grace"] };
        await console.Of<PolicyStore>().SwapAsync(before with { People = new(people, groups) }, TestContext.Current.CancellationToken);
        return new(console, await ConnectorDouble.StartAsync());
    }

    /// <summary>What the bot says to that, or null.</summary>
    public async Task<string?> SayAsync(string text, string person = TeamsGround.Grace, string type = "personal", string? id = null)
    {
        var before = Connector.Heard.Count;
        var status = await SendAsync(TeamsGround.Activity("message", activity =>
        {
            (activity["text"], activity["id"]) = (text, id ?? $"m{Interlocked.Increment(ref _ids)}");
            (activity["from"]!["aadObjectId"], activity["conversation"]!["conversationType"]) = (person, type);
        }));
        Assert.True(status is 200 or 409, $"{status}");
        return Connector.Heard.Skip(before).Select(one => (string?)one.Body!["text"]).SingleOrDefault();
    }

    public async Task<int> SendAsync(JsonObject activity, params (string Name, string Value)[] headers) => (await InvokeAsync(activity, headers)).Status;

    /// <summary>Opens a ticket and waits for its card; what a click on its Approve sends, before anybody changes it.</summary>
    public async Task<(Ticket Ticket, JsonObject Click)> CardAsync()
    {
        Assert.Equal(200, await SendAsync(TeamsGround.Installation()));
        var ticket = await Console.OpenAsync();
        var tracks = Console.Of<CardTracks>();
        CardAttempt? shown = null;
        await Eventually.HoldsAsync(
            async () => (shown = (await tracks.ReadAsync(ticket.Id, TestContext.Current.CancellationToken))?.Track is { Courier: null } track ? track.Places[0].Attempts.FirstOrDefault(attempt => attempt.Stands) : null) is not null,
            "the card stands");
        var click = TeamsGround.Click();
        click["replyToId"] = CardAddress.Of(shown!.Address!)!.Activity;
        click["value"]!["action"]!["data"] = new JsonObject { ["ticket"] = ticket.Id.Value, ["copy"] = shown.Nonce };
        return (ticket, click);
    }

    /// <summary>The same click as another activity, changed.</summary>
    public static JsonObject Again(JsonObject click, string id, Action<JsonObject>? change = null)
    {
        var again = click.DeepClone().AsObject();
        again["id"] = id;
        change?.Invoke(again);
        return again;
    }

    public async Task<(int Status, string Body)> InvokeAsync(JsonObject activity, params (string Name, string Value)[] headers)
    {
        activity["serviceUrl"] = Connector.Service.AbsoluteUri;
        using var content = new StringContent(activity.ToJsonString(), Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Console.Address, "/api/messages")) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Console.DisposeAsync();
        await Connector.DisposeAsync();
    }
}
