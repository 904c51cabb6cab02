using System.Text.Json.Nodes;
using AiAccessProxy.Agents;
using AiAccessProxy.Tests.Tokens;
using Microsoft.AspNetCore.Http;

namespace AiAccessProxy.Tests.Agents;

public sealed class AgentTokensTests : IAsyncLifetime
{
    private Believing _here = null!;

    public static TheoryData<string> Hostile => [.. HostileTokens.All.Keys];

    public async ValueTask InitializeAsync() => _here = await Believing.StartAsync();

    public ValueTask DisposeAsync() => _here.DisposeAsync();

    [Theory]
    [InlineData("AiAccessToken", "AiAccess-Token", "{0}")]
    [InlineData("Authorization", "Authorization", "Bearer {0}")]
    [InlineData("XApiKey", "x-api-key", "{0}")]
    [InlineData("ApiKey", "api-key", "{0}")]
    public async Task A_token_comes_where_keys_come(string where, string name, string form)
    {
        var source = Enum.Parse<AgentKeySource>(where);
        var token = _here.Forge.Token();

        var caller = await CallerOfAsync(Known(), [source], name, string.Format(System.Globalization.CultureInfo.InvariantCulture, form, token));

        Assert.Equal(("bot", null, "token:double"), (caller?.Agent.Id, caller?.OnBehalfOf, caller?.AuthenticatedBy));
        Assert.Null(await CallerOfAsync(Known(), [source], "Cookie", token));
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_hostile_token_is_no_agent(string what)
    {
        Assert.NotNull(await CallerOfAsync(_here.Forge.Token()));

        var token = HostileTokens.All[what](_here.Forge);

        Assert.Null(await CallerOfAsync(token));
        Assert.Null(await CallerOfAsync(Known(), [AgentKeySource.Authorization], "Authorization", $"Bearer {token}"));
    }

    [Fact]
    public async Task All_claims_of_an_entry_have_to_be_made()
    {
        var directory = Known(("bot", new() { ["azp"] = "client", ["roles"] = "payments" }));

        Assert.Null(await CallerOfAsync(_here.Forge.Token(), directory));
        Assert.Null(await CallerOfAsync(_here.Forge.Token(claims => claims["roles"] = "payments2"), directory));
        Assert.NotNull(await CallerOfAsync(_here.Forge.Token(claims => claims["roles"] = "payments"), directory));
        Assert.NotNull(await CallerOfAsync(_here.Forge.Token(claims => claims["roles"] = new JsonArray("other", "payments")), directory));
        Assert.Null(await CallerOfAsync(_here.Forge.Token(claims => claims["roles"] = new JsonArray("payments", 1)), directory));
        Assert.Null(await CallerOfAsync(_here.Forge.Token(claims => (claims["roles"], claims["azp"]) = ("payments", true)), directory));
    }

    [Fact]
    public async Task A_token_that_would_prove_two_agents_proves_none()
    {
        var both = Known(("bot", new() { ["azp"] = "client" }), ("other", new() { ["sub"] = "subject" }));

        Assert.Null(await CallerOfAsync(_here.Forge.Token(), both));
        Assert.Equal("bot", (await CallerOfAsync(_here.Forge.Token(claims => claims["sub"] = "else"), both))?.Agent.Id);
        Assert.Equal("bot", (await CallerOfAsync(_here.Forge.Token(), Known(("bot", new() { ["azp"] = "client" }), ("bot", new() { ["sub"] = "subject" }))))?.Agent.Id);
    }

    [Theory]
    [InlineData("joans-id", "joan")]
    [InlineData("JOANS-ID", null)]
    [InlineData("strangers-id", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public async Task The_person_whom_an_agent_acts_for_has_to_be_known(string? id, string? person)
    {
        var token = _here.Forge.Token(claims =>
        {
            claims["scp"] = "call";
            if (id is not null) claims["oid"] = id;
        });

        var caller = await CallerOfAsync(token, Known(onBehalfOf: "oid"));

        Assert.Equal(person, caller?.OnBehalfOf);
        Assert.Equal(person is null, caller is null);
    }

    [Theory]
    [InlineData("idtyp", "app")]
    [InlineData("sub", "client")]
    [InlineData("sub", "client@clients")]
    [InlineData("oid", "subject")]
    public async Task A_program_by_itself_acts_for_nobody(string claim, string value)
    {
        var caller = await CallerOfAsync(_here.Forge.Token(claims => claims[claim] = value), Known(onBehalfOf: "oid"));

        Assert.Equal(("bot", null), (caller?.Agent.Id, caller?.OnBehalfOf));
    }

    [Theory]
    [InlineData("sub")]
    [InlineData("azp")]
    public async Task A_person_who_is_called_like_a_program_is_that_person(string onBehalfOf)
    {
        var token = _here.Forge.Token(claims => claims["sub"] = "client");

        Assert.Equal("joan", (await CallerOfAsync(token, Known(onBehalfOf: onBehalfOf, joan: "client")))?.OnBehalfOf);
    }

    [Fact]
    public async Task A_call_that_is_looked_at_again_needs_its_entry_and_its_person_and_not_an_unexpired_token()
    {
        var directory = Known(onBehalfOf: "oid");
        var caller = await CallerOfAsync(_here.Forge.Token(claims => (claims["oid"], claims["scp"]) = ("joans-id", "call")), directory);
        _here.Time.Advance(TimeSpan.FromMinutes(10));
        var now = _here.Time.GetUtcNow();

        Assert.Equal("joan", directory.Again(caller!, now)?.OnBehalfOf);
        Assert.Equal("joan", Known(onBehalfOf: "oid").Again(caller!, now)?.OnBehalfOf);
        Assert.Null(Known(onBehalfOf: "oid", joan: "another-id").Again(caller!, now));
        Assert.Null(Known(onBehalfOf: "sub").Again(caller!, now));
        Assert.Null(Known(onBehalfOf: "oid", entries: ("bot", new() { ["azp"] = "another" })).Again(caller!, now));
        Assert.Null(Known(onBehalfOf: "oid", entries: ("other", new() { ["azp"] = "client" })).Again(caller!, now));
        Assert.Null(new AgentDirectory([(Some.Agent("bot"), [])]).Again(caller!, now));
    }

    [Fact]
    public async Task A_key_and_a_token_on_one_call_have_to_prove_the_same_caller()
    {
        var headers = new HeaderDictionary { ["AiAccess-Token"] = "secret", ["Authorization"] = $"Bearer {_here.Forge.Token()}" };
        AgentKeySource[] sources = [AgentKeySource.AiAccessToken, AgentKeySource.Authorization];
        Assert.Null(await Identification.IdentifyAsync(headers, sources, Known(), TestContext.Current.CancellationToken));

        headers["AiAccess-Token"] = headers["Authorization"].ToString()["Bearer ".Length..];
        Assert.NotNull(await Identification.IdentifyAsync(headers, sources, Known(), TestContext.Current.CancellationToken));

        headers["AiAccess-Token"] = _here.Forge.Token(claims => claims["jti"] = "another");
        Assert.Null(await Identification.IdentifyAsync(headers, sources, Known(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void An_agent_without_keys_is_among_those_that_may_call() =>
        Assert.Contains(Known(("other", new() { ["azp"] = "client" })).Callers, caller => caller is { Agent.Id: "other", AuthenticatedBy: "token:double" });

    private AgentIdentification Identification => new(_here.Validation, _here.Refusals, _here.Time);

    private AgentDirectory Known(string? onBehalfOf = null, string joan = "joans-id", params (string Agent, Dictionary<string, string> Claims)[] entries)
    {
        if (entries is []) entries = [("bot", new() { ["azp"] = "client" })];
        var agents = entries.Select(entry => entry.Agent).Distinct().ToDictionary(id => id, id => Some.Agent(id));
        return new([.. agents.Values.Select(agent => (agent, (IReadOnlyList<AgentKey>)(agent.Id == "bot" ? [Some.AgentKey("secret")] : [])))])
        {
            Tokens = new(
                [_here.Issuer with { OnBehalfOf = onBehalfOf }],
                [.. entries.Select(entry => (agents[entry.Agent], new AgentToken("double", entry.Claims)))],
                (_, subject) => subject == joan ? "joan" : null),
        };
    }

    private AgentDirectory Known(params (string Agent, Dictionary<string, string> Claims)[] entries) => Known(null, "joans-id", entries);

    private Task<Caller?> CallerOfAsync(string token, AgentDirectory? directory = null) =>
        CallerOfAsync(directory ?? Known(), [AgentKeySource.AiAccessToken], "AiAccess-Token", token);

    private async Task<Caller?> CallerOfAsync(AgentDirectory directory, AgentKeySource[] sources, string name, string value)
    {
        var headers = new HeaderDictionary { [name] = value };
        return await Identification.IdentifyAsync(headers, sources, directory, TestContext.Current.CancellationToken);
    }
}
