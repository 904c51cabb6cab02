using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AiAccessProxy.Ledger;
using AiAccessProxy.People;
using AiAccessProxy.Policies;
using AiAccessProxy.Tests.Tokens;
using Console = AiAccessProxy.Tests.Control.Console;

namespace AiAccessProxy.Tests.Approvals.Teams;

/// <summary>A control plane that takes what Teams sends, and an issuer of the tests' own that shows what the Bot Connector's shows.</summary>
internal sealed class TeamsGround : IAsyncDisposable
{
    public const string App = "abcdefab-0000-4000-8000-00000000000a";
    public const string Tenant = "abcdefab-0000-4000-8000-00000000000b";
    public const string Grace = "abcdefab-0000-4000-8000-00000000000c";
    public const string Service = "https://smba.trafficmanager.net/emea/";

    private readonly HttpClient _http = new();

    private TeamsGround(Console console, IssuerDouble issuer) => (Console, Issuer) = (console, issuer);

    public Console Console { get; }

    public IssuerDouble Issuer { get; }

    /// <summary>Makes tokens that are good here, but for what a case changes.</summary>
    public TokenForge Forge => new(Issuer.Url, App, Console.Time.GetUtcNow()) { More = claims => claims["serviceurl"] = Service };

    public static async Task<TeamsGround> StartAsync(params (string Key, string? Value)[] more)
    {
        var issuer = await IssuerDouble.StartAsync();
        issuer.Keys = Endorsed("msteams", "skype");
        issuer.Metadata = document => document["id_token_signing_alg_values_supported"] = new JsonArray("RS256");
        var console = await Console.StartAsync(
        [
            ("teams:microsoftAppId", App), ("teams:microsoftAppTenantId", Tenant), ("teams:microsoftAppPassword", "never sent"),
            ("teams:toBotFromChannelTokenIssuer", issuer.Url), ("teams:toBotFromChannelOpenIdMetadataUrl", $"{issuer.Url}/.well-known/openid-configuration"),
            .. more,
        ]);
        var ground = new TeamsGround(console, issuer);
        await ground.KnowAsync();
        return ground;
    }

    /// <summary>The keys of the tests' issuer, each endorsed for these channels.</summary>
    public static JsonArray Endorsed(params string[] channels)
    {
        var keys = SigningKeys.Shown();
        foreach (var key in keys) key!["endorsements"] = new JsonArray([.. channels.Select(channel => JsonValue.Create(channel))]);
        return keys;
    }

    public static JsonObject Installation() => Activity("installationUpdate", activity => activity["action"] = "add");

    public static JsonObject Click() => Activity("invoke", activity =>
    {
        activity["name"] = "adaptiveCard/action";
        activity["replyToId"] = "1700000000000";
        activity["value"] = JsonNode.Parse("""{ "action": { "type": "Action.Execute", "verb": "approve", "data": { "ticket": "t_1" } }, "trigger": "manual" }""");
    });

    public static JsonObject Activity(string type, Action<JsonObject> more)
    {
        var activity = JsonNode.Parse($$"""
            {
              "type": "{{type}}", "id": "f:0001", "channelId": "msteams", "serviceUrl": "{{Service}}",
              "from": { "id": "29:grace", "name": "Somebody Else", "aadObjectId": "{{Grace}}" },
              "recipient": { "id": "28:{{App}}", "name": "AI access" },
              "conversation": { "id": "a:chat", "conversationType": "personal", "tenantId": "{{Tenant}}" },
              "channelData": { "tenant": { "id": "{{Tenant}}" } }
            }
            """)!.AsObject();
        more(activity);
        return activity;
    }

    public Task<(int Status, string Body)> SendAsync(JsonObject activity, string? token) => SendAsync(activity.ToJsonString(), token);

    public async Task<(int Status, string Body)> SendAsync(string body, string? token, string type = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Console.Address, "/api/messages"));
        request.Content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse(type));
        if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>What was done because of anything that was sent.</summary>
    public async Task<IReadOnlyList<string>> DoneAsync() =>
        [.. (await Console.RecordsAsync()).Select(record => record.Kind).Where(kind => kind.StartsWith("channel.", StringComparison.Ordinal) || kind.StartsWith("vote.", StringComparison.Ordinal) || kind == RecordKind.AgentSuspended)];

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Console.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    /// <summary>Grace has an account in Entra ID.</summary>
    private async Task KnowAsync()
    {
        var before = Console.Snapshot;
        var people = before.People.All.Select(person => person.Id == "grace" ? person with { Identities = [Identity.OfEntra(Grace)] } : person).ToList();
        var groups = new Dictionary<string, IReadOnlyList<string>> { ["finance"] = ["grace", "lin"], ["security"] = ["joan"] };
        await Console.Of<PolicyStore>().SwapAsync(before with { People = new(people, groups) }, TestContext.Current.CancellationToken);
    }
}
