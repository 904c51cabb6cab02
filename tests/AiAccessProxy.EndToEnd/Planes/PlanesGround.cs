using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Ledger;
using AiAccessProxy.Tests.Tokens;

namespace AiAccessProxy.EndToEnd.Planes;

/// <summary>
/// Both planes with TLS and one issuer whose tokens agents and people prove themselves by. A ticket of <c>bot</c> waits, keys were made and revoked at
/// run time, and one agent is suspended: every kind of credential there is, on each side.
/// </summary>
public sealed class PlanesGround : IAsyncLifetime
{
    internal const string AgentAudience = "urn:agents";
    internal const string PeopleAudience = "urn:people";

    private readonly PlaneTls _tls = new();
    private readonly Dictionary<Version, HttpClient> _clients = [];
    private RawUpstream _upstream = null!;
    private IssuerDouble _issuer = null!;

    internal World World { get; private set; } = null!;

    internal RawUpstream Upstream => _upstream;

    internal PlaneTls Tls => _tls;

    /// <summary>Id of the ticket that waits.</summary>
    internal string Ticket { get; private set; } = "";

    /// <summary>A session in which Grace has signed in, as the browser has its cookie.</summary>
    internal string Session { get; private set; } = "";

    /// <summary>What agents have, by what it is. The first ones are known as agents' on sight.</summary>
    internal IReadOnlyList<(string What, string Secret, bool IsKnown)> OfAgents { get; private set; } = [];

    internal IReadOnlyList<(string What, string Secret)> OfPeople { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        _upstream = new RawUpstream();
        _issuer = await IssuerDouble.StartAsync();
        World = await World.StartAsync(
            WritePolicies, [.. _tls.Settings, .. _tls.ControlSettings, "--control:oidc:issuer", _issuer.Url, "--control:oidc:audience", PeopleAudience,
            .. ControlEndpoint.Channels.SelectMany(one => new[] { $"--{one.Key}", one.Value! })]);
        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
            _clients[version] = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, SslOptions = _tls.Trusting() })
            {
                DefaultRequestVersion = version,
                DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Timeout = Eventually.Generous,
            };

        using var bot = new Agent(World.Proxy.Agents, World.Policies.Bot, _tls);
        Ticket = (await bot.DeleteAsync("/things/1")).Ticket;
        Session = await SignInAsync();
        var made = await OperateAsync("/api/v1/agents/bot/keys", 201);
        var revoked = await OperateAsync("/api/v1/agents/bot/keys", 201);
        await OperateAsync($"/api/v1/agents/bot/keys/{revoked["key"]!["id"]}/revoke", 200);
        await OperateAsync("/api/v1/agents/other/suspend", 200);
        OfAgents =
        [
            ("a key of agents.yaml", World.Policies.Bot.Text, true),
            ("a key that acts for a person", World.Policies.BotForJoan.Text, true),
            ("a key made by the API", (string)made["secret"]!, true),
            ("a suspended agent's key", World.Policies.Other.Text, true),
            ("a token", Token(AgentAudience), true),
            ("a token for both planes that a person is behind", Token(PeopleAudience, claims => (claims["aud"], claims["scp"], claims["sub"]) = (new JsonArray(PeopleAudience, AgentAudience), "call", "grace")), true),
            ("a token that an agent's program got for a person", Token(PeopleAudience, claims => (claims["scp"], claims["sub"]) = ("call", "grace")), false),
            ("a program's own token for the control plane", Token(PeopleAudience, claims => claims["sub"] = "client"), false),
            ("a key that was revoked", (string)revoked["secret"]!, false),
        ];
        OfPeople =
        [
            ("a personal key", World.Policies.KeyOf("grace").Text),
            ("a session", Session),
            ("a person's token", Token(PeopleAudience, claims => (claims["azp"], claims["scp"], claims["sub"]) = ("portal", "call", "grace"))),
            ("what proves a sign-in", Token("console", claims => (claims["nonce"], claims["sub"]) = ("n", "grace"))),
        ];
        // Each of them is good where it belongs, or the tests would show nothing.
        Assert.Equal(HttpStatusCode.OK, await AskAsync("/api/v1/whoami", $"Bearer {OfPeople[2].Secret}"));
        using var byToken = new Agent(World.Proxy.Agents, new Key(OfAgents[4].Secret), _tls);
        Assert.Equal(200, (await byToken.GetAsync("/things/x")).Status);
        await World.Story.AllAsync(records => records.Any(record => record.Kind == RecordKind.CallExecuted), "what became of the call is on record");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values) client.Dispose();
        await World.DisposeAsync();
        await _issuer.DisposeAsync();
        await _upstream.DisposeAsync();
        _tls.Dispose();
    }

    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Version version)
    {
        request.Version = version;
        return _clients[version].SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>Ids of all records but of refusals, which are counted. What an attack may add is nothing.</summary>
    internal async Task<IReadOnlyList<Guid>> RecordedAsync() =>
        [.. (await World.Story.AllAsync()).Where(record => record.Kind != RecordKind.Refused).Select(record => record.Id)];

    private string Token(string audience, Action<JsonObject>? claims = null) =>
        new TokenForge(_issuer.Url, audience, TimeProvider.System.GetUtcNow()).Token(claims);

    private async Task<HttpStatusCode> AskAsync(string target, string authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(World.Proxy.Console, target));
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await SendAsync(request, HttpVersion.Version11);
        return answer.StatusCode;
    }

    private async Task<string> SignInAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(World.Proxy.Console, "/sign-in"));
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        request.Content = new FormUrlEncodedContent([new("key", World.Policies.KeyOf("grace").Text)]);
        using var answer = await SendAsync(request, HttpVersion.Version11);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        return cookie[(cookie.IndexOf('=', StringComparison.Ordinal) + 1)..cookie.IndexOf(';', StringComparison.Ordinal)];
    }

    private async Task<JsonNode> OperateAsync(string target, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(World.Proxy.Console, target)) { Content = JsonContent.Create(new { }) };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {World.Policies.KeyOf("mallory").Text}");
        using var answer = await SendAsync(request, HttpVersion.Version11);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, text);
        return JsonNode.Parse(text)!;
    }

    private void WritePolicies(PolicyFolder policies)
    {
        policies.Route("things", _upstream.Address, Rules.WritesWait, "hold: 0s\nagent_key: [ai-access-token, authorization, x-api-key, api-key, basic-password]");
        foreach (var source in AgentSide.Sources) policies.Route($"by-{source}", _upstream.Address, Rules.WritesWait, $"hold: 0s\nagent_key: [{source}]");
        policies.Write("agents.yaml", File.ReadAllText(Path.Combine(policies.Path, "agents.yaml"))
            .Replace("agents:\n", $"issuers: [{{ id: double, url: \"{_issuer.Url}\", audience: \"{AgentAudience}\" }}]\nagents:\n", StringComparison.Ordinal)
            + "  - { id: program, owner: person:ada, tokens: [{ issuer: double, claims: { azp: client } }] }\n");
        // Ada is listed with the program's subject, so that only what it is keeps its token out.
        policies.Write("people.yaml", File.ReadAllText(Path.Combine(policies.Path, "people.yaml"))
            .Replace("name: Ada,", $"name: Ada, oidc: [{{ issuer: \"{_issuer.Url}\", subject: client }}],", StringComparison.Ordinal)
            .Replace("name: Grace,", $"name: Grace, oidc: [{{ issuer: \"{_issuer.Url}\", subject: grace }}],", StringComparison.Ordinal));
    }
}
