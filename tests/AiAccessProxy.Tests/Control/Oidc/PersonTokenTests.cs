using System.Net;
using System.Text.Json.Nodes;
using AiAccessProxy.Ledger;
using AiAccessProxy.Tests.Tokens;

namespace AiAccessProxy.Tests.Control.Oidc;

public class PersonTokenTests
{
    [Fact]
    public async Task A_persons_token_opens_the_API_and_votes()
    {
        await using var world = await OidcWorld.StartAsync();
        var ticket = await world.Console.OpenAsync();
        using var program = world.Console.Visit();

        using var answer = await program.ApiAsync(HttpMethod.Post, $"/api/v1/tickets/{ticket.Id.Value}/votes", world.ApiForge.Token(), new { vote = "approve" });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(await world.Console.RecordsAsync(), record =>
            record.Kind == RecordKind.VoteApprove && record.Reviewer is { Id: "grace", Authenticated: "token:127.0.0.1" });
    }

    [Theory]
    [InlineData("idtyp", "app")]
    [InlineData("idtyp", "device")]
    [InlineData("sub", "a-program")]
    [InlineData("sub", "a-program@clients")]
    [InlineData("cid", "subject-of-grace")]
    [InlineData("preferred_username", "service-account-bot")]
    [InlineData("preferred_username", "Service-Account-Bot")]
    [InlineData("act", "a-program")]
    [InlineData("scope", null)]
    [InlineData("sub", null)]
    public async Task A_programs_own_token_never_votes_whoever_its_subject_is(string claim, string? value)
    {
        await using var world = await OidcWorld.StartAsync();
        // Even if somebody listed the program as a person.
        if (claim == "sub" && value is not null) await world.KnowAsync(value);
        var ticket = await world.Console.OpenAsync();
        using var program = world.Console.Visit();
        var token = world.ApiForge.Token(claims =>
        {
            claims.Remove(claim);
            if (value is not null) claims[claim] = value;
        });

        using var answer = await program.ApiAsync(HttpMethod.Post, $"/api/v1/tickets/{ticket.Id.Value}/votes", token, new { vote = "approve" });

        Assert.Equal((HttpStatusCode.Forbidden, "urn:ai-access:problem:app-token"), (answer.StatusCode, await KindAsync(answer)));
        Assert.DoesNotContain(await world.Console.RecordsAsync(), record => record.Kind == RecordKind.VoteApprove);
    }

    [Fact]
    public async Task Whoever_acts_by_a_persons_token_is_no_person_whatever_it_says_of_its_kind()
    {
        await using var world = await OidcWorld.StartAsync();
        using var program = world.Console.Visit();
        var token = world.ApiForge.Token(claims => (claims["act"], claims["idtyp"]) = (new JsonObject { ["sub"] = "a-program" }, "user"));

        using var answer = await program.ApiAsync(HttpMethod.Get, "/api/v1/whoami", token);

        Assert.Equal("urn:ai-access:problem:app-token", await KindAsync(answer));
    }

    [Fact]
    public async Task The_program_of_an_agent_does_not_vote_by_the_token_of_a_person_who_let_it_act_for_them()
    {
        await using var world = await OidcWorld.StartAsync();
        var ticket = await world.Console.OpenAsync();
        using var program = world.Console.Visit();
        var token = world.ApiForge.Token(claims => claims["azp"] = "client");

        using var answer = await program.ApiAsync(HttpMethod.Post, $"/api/v1/tickets/{ticket.Id.Value}/votes", token, new { vote = "approve" });

        Assert.Equal((HttpStatusCode.Forbidden, "urn:ai-access:problem:agent-key"), (answer.StatusCode, await KindAsync(answer)));
        Assert.DoesNotContain(await world.Console.RecordsAsync(), record => record.Kind == RecordKind.VoteApprove);
    }

    [Fact]
    public async Task Who_was_refused_is_counted_on_record_whatever_the_token_proved()
    {
        await using var world = await OidcWorld.StartAsync();
        using var program = world.Console.Visit();
        foreach (var token in new[] { world.ApiForge.Token(claims => claims["idtyp"] = "app"), world.ApiForge.Token(claims => claims["sub"] = "stranger") })
            (await program.ApiAsync(HttpMethod.Get, "/api/v1/whoami", token)).Dispose();
        (await program.GetAsync("/sign-in/oidc/return?code=c&state=s")).Dispose();
        (await program.GetAsync("/sign-in/local?code=c")).Dispose();

        await world.Console.StopAsync();

        var counted = (await world.Console.RecordsAsync()).Where(record => record.Kind == RecordKind.Refused).ToDictionary(record => record.Detail!, record => record.Count);
        Assert.Equal((1, 1, 1, 1), (counted["app-token"], counted["unknown-person"], counted["sign-in-void"], counted["link-void"]));
    }

    [Fact]
    public async Task Roles_are_no_scopes()
    {
        await using var world = await OidcWorld.StartAsync();
        using var program = world.Console.Visit();
        var token = world.ApiForge.Token(claims =>
        {
            claims.Remove("scope");
            (claims["roles"], claims["oid"]) = (new JsonArray("Approver"), "subject-of-grace");
        });

        using var answer = await program.ApiAsync(HttpMethod.Get, "/api/v1/whoami", token);

        Assert.Equal("urn:ai-access:problem:app-token", await KindAsync(answer));
    }

    [Fact]
    public async Task No_hostile_token_opens_the_API()
    {
        await using var world = await OidcWorld.StartAsync();
        using var program = world.Console.Visit();
        using (var good = await program.ApiAsync(HttpMethod.Get, "/api/v1/whoami", world.ApiForge.Token())) Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        var accepted = new List<string>();
        foreach (var (what, make) in HostileTokens.All)
        {
            var token = make(world.ApiForge);
            // What no header can carry comes nowhere.
            if (token.Any(character => character is < ' ' or > '~') || token.Length > 30_000) continue;
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/whoami");
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
            using var answer = await program.SendAsync(request);
            if (answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests or HttpStatusCode.Forbidden)) accepted.Add($"{what}: {answer.StatusCode}");
        }

        Assert.Empty(accepted);
    }

    [Fact]
    public async Task Tokens_for_a_sign_in_or_for_agents_and_those_of_strangers_open_nothing()
    {
        await using var world = await OidcWorld.StartAsync();

        Assert.Equal("unknown-key", await RefusedAsync(world.SignInForge("n").Token(claims => claims["scope"] = "console")));
        Assert.Equal("agent-key", await RefusedAsync(world.AgentForge.Token()));
        Assert.Equal("unknown-person", await RefusedAsync(world.ApiForge.Token(claims => claims["sub"] = "stranger")));
        await world.KnowAsync(null);
        Assert.Equal("unknown-person", await RefusedAsync(world.ApiForge.Token()));

        async Task<string> RefusedAsync(string token)
        {
            using var program = world.Console.Visit();
            using var answer = await program.ApiAsync(HttpMethod.Get, "/api/v1/whoami", token);
            return (await KindAsync(answer))["urn:ai-access:problem:".Length..];
        }
    }

    [Theory]
    [InlineData("Authorization", "Bearer {0}")]
    [InlineData("AiAccess-Token", "{0}")]
    [InlineData("x-api-key", "{0}")]
    [InlineData("api-key", "{0}")]
    public async Task A_token_for_agents_closes_every_endpoint_even_beside_a_persons_session_and_even_when_it_is_bad(string header, string form)
    {
        await using var world = await OidcWorld.StartAsync();
        using var joan = await world.Console.VisitAsync("joan");
        foreach (var token in new[] { world.AgentForge.Token(), world.AgentForge.Token(claims => claims["exp"] = 1), world.AgentForge.Token()[..^8] + "AAAAAAAA" })
        {
            foreach (var (method, path, _) in ControlGuardTests.Endpoints(world.Console))
            {
                using var request = new HttpRequestMessage(new(method), path);
                request.Headers.TryAddWithoutValidation(header, string.Format(System.Globalization.CultureInfo.InvariantCulture, form, token));
                request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
                using var answer = await joan.SendAsync(request);
                Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {path}: {answer.StatusCode}");
            }
        }
    }

    private static async Task<string> KindAsync(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["type"]!.GetValue<string>();
}
