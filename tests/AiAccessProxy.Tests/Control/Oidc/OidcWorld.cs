using System.Net;
using System.Text.Json.Nodes;
using AiAccessProxy.Agents;
using AiAccessProxy.People;
using AiAccessProxy.Policies;
using AiAccessProxy.Tests.Tokens;
using AiAccessProxy.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AiAccessProxy.Tests.Control.Oidc;

/// <summary>
/// A console whose people sign in by the tests' own provider. Grace is <c>subject-of-grace</c> there; joan is known here and not there. The
/// agent <c>billing-bot</c> has tokens of the same provider, for another audience.
/// </summary>
internal sealed class OidcWorld : IAsyncDisposable
{
    public const string ClientId = "console";
    public const string ApiAudience = "api://control";
    public const string AgentAudience = "api://agents";

    private string? _nonce;

    private OidcWorld(Console console, IssuerDouble provider) => (Console, Provider) = (console, provider);

    public Console Console { get; }

    public IssuerDouble Provider { get; }

    /// <summary>What the provider got for its last code.</summary>
    public IFormCollection? Exchanged { get; private set; }

    public string? ExchangedBy { get; private set; }

    /// <summary>Makes the token that the provider answers a code with, of what is right but for what a test changes.</summary>
    public Func<TokenForge, string>? IdToken { get; set; }

    /// <summary>Tokens as a sign-in ends with.</summary>
    public TokenForge SignInForge(string? nonce) => new(Provider.Url, ClientId, Console.Time.GetUtcNow())
    {
        More = claims =>
        {
            (claims["sub"], claims["azp"]) = ("subject-of-grace", ClientId);
            if (nonce is not null) claims["nonce"] = nonce;
        },
    };

    /// <summary>Tokens as people's programs send them.</summary>
    public TokenForge ApiForge => new(Provider.Url, ApiAudience, Console.Time.GetUtcNow())
    {
        More = claims => (claims["sub"], claims["azp"], claims["scope"]) = ("subject-of-grace", "a-program", "console"),
    };

    public TokenForge AgentForge => new(Provider.Url, AgentAudience, Console.Time.GetUtcNow());

    public static async Task<OidcWorld> StartAsync(params (string Key, string? Value)[] settings)
    {
        var provider = await IssuerDouble.StartAsync();
        provider.Metadata = document =>
        {
            document["authorization_endpoint"] = $"{provider.Url}/authorize?tenant=1";
            document["token_endpoint"] = $"{provider.Url}/token";
            document["end_session_endpoint"] = $"{provider.Url}/end";
        };
        var console = await Console.StartAsync(
        [
            ("control:publicUrl", "http://localhost"), ("control:oidc:issuer", provider.Url), ("control:oidc:clientId", ClientId),
            ("control:oidc:clientSecret", "s:cret"), ("control:oidc:audience", ApiAudience), ("control:oidc:name", "<Example>"), .. settings,
        ]);
        var world = new OidcWorld(console, provider);
        await world.KnowAsync("subject-of-grace");
        return world;
    }

    /// <summary>Puts a policy in force in which grace is known to the provider by <paramref name="subject"/>; null: not at all.</summary>
    public async Task KnowAsync(string? subject, bool isGraceThere = true)
    {
        var grace = Some.Person("grace", "key-of-grace") with { Identities = subject is null ? [] : [new(Provider.Url, subject)] };
        Person[] people = [Some.Person("ada", "key-of-ada"), Some.Person("joan", "key-of-joan"), .. isGraceThere ? [grace] : Array.Empty<Person>()];
        await Console.Of<PolicyStore>().SwapAsync(
            Console.Snapshot with
            {
                People = new(people, new Dictionary<string, IReadOnlyList<string>> { ["finance"] = isGraceThere ? ["grace"] : [], ["security"] = ["joan"] }),
                Agents = new([(Some.Agent(), [Some.AgentKey(Console.AgentKey)])])
                {
                    Tokens = new([new Issuer("double", Provider.Url, AgentAudience)], [(Some.Agent(), new AgentToken("double", new Dictionary<string, string> { ["azp"] = "client" }))], (_, _) => null),
                },
            },
            TestContext.Current.CancellationToken);
    }

    /// <summary>Sends a browser to the provider.</summary>
    /// <returns>The query with which it came there.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> BeginAsync(Visitor visitor, string to = "/")
    {
        using var answer = await visitor.GetAsync($"/sign-in/oidc?to={Uri.EscapeDataString(to)}");
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return QueryHelpers.ParseQuery(answer.Headers.Location!.Query).ToDictionary(pair => pair.Key, pair => Assert.Single(pair.Value)!);
    }

    /// <summary>Has the provider send it back with a code.</summary>
    public async Task<HttpResponseMessage> ReturnAsync(Visitor visitor, IReadOnlyDictionary<string, string> asked, string? query = null)
    {
        _nonce = asked["nonce"];
        Provider.OnToken ??= async context =>
        {
            Exchanged = await context.Request.ReadFormAsync();
            ExchangedBy = context.Request.Headers.Authorization;
            var token = IdToken is null ? SignInForge(_nonce).Token() : IdToken(SignInForge(_nonce));
            await context.Response.WriteAsync(new JsonObject { ["id_token"] = token, ["access_token"] = "x", ["token_type"] = "Bearer" }.ToJsonString());
        };
        return await visitor.GetAsync(query ?? $"/sign-in/oidc/return?code=the-code&state={asked["state"]}&iss={Uri.EscapeDataString(Provider.Url)}");
    }

    public async Task<(Visitor Visitor, HttpResponseMessage Answer)> SignInAsync(string to = "/")
    {
        var visitor = Console.Visit();
        return (visitor, await ReturnAsync(visitor, await BeginAsync(visitor, to)));
    }

    /// <summary>This browser has no session.</summary>
    public async Task IsNobodyAsync(Visitor visitor)
    {
        using var answer = await visitor.GetAsync("/");
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, string.Join(' ', Console.Errors));
    }

    public async ValueTask DisposeAsync()
    {
        await Console.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
