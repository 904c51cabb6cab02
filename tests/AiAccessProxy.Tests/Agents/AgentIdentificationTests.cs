using AiAccessProxy.Agents;
using Microsoft.AspNetCore.Http;

namespace AiAccessProxy.Tests.Agents;

public class AgentIdentificationTests
{
    private static readonly DateTimeOffset Now = new ManualTime().GetUtcNow();

    private static readonly AgentDirectory Directory = new(
    [
        (Some.Agent("one"), [Some.AgentKey("key-1"), Some.AgentKey("key-1b", "k1b"), Some.AgentKey("old", "k0", Now), Some.AgentKey("for-joan", "k2", Now.AddTicks(1), "joan")]),
        (Some.Agent("two"), [Some.AgentKey("key-2", "k3")]),
    ]);

    private static readonly AgentKeySource[] All = [AgentKeySource.AiAccessToken, AgentKeySource.Authorization, AgentKeySource.XApiKey, AgentKeySource.ApiKey, AgentKeySource.BasicPassword];

    [Theory]
    [InlineData("AiAccess-Token", "key-1")]
    [InlineData("aiaccess-token", "key-1")]
    [InlineData("Authorization", "Bearer key-1")]
    [InlineData("Authorization", "bearer  key-1 ")]
    [InlineData("X-Api-Key", "key-1")]
    [InlineData("Api-Key", "key-1")]
    [InlineData("Authorization", "Basic OmtleS0x")]
    [InlineData("Authorization", "basic YW55Ym9keTprZXktMQ==")]
    public void A_key_where_the_route_accepts_it_proves_the_agent(string name, string value)
    {
        var caller = Identify(All, (name, value));
        Assert.Equal(("one", null, "key:k1"), (caller?.Agent.Id, caller?.OnBehalfOf, caller?.AuthenticatedBy));
    }

    [Theory]
    [InlineData("AiAccess-Token", "")]
    [InlineData("AiAccess-Token", "Key-1")]
    [InlineData("AiAccess-Token", "key-1 ")]
    [InlineData("AiAccess-Token", "Bearer key-1")]
    [InlineData("AiAccess-Token", "key-1, key-1")]
    [InlineData("AiAccess-Token", "old")]
    [InlineData("Authorization", "key-1")]
    [InlineData("Authorization", "Bearer")]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("Authorization", "Basic key-1")]
    [InlineData("Authorization", "Basic a2V5LTE=")]
    [InlineData("Authorization", "Basic a2V5LTE6")]
    [InlineData("Authorization", "Basic YTprZXktMTo=")]
    [InlineData("Authorization", "Basic Ov///w==")]
    [InlineData("api-key", "Basic OmtleS0x")]
    [InlineData("Authorization", "Bearerkey-1")]
    [InlineData("Cookie", "key-1")]
    public void Anything_else_proves_nobody(string name, string value) => Assert.Null(Identify(All, (name, value)));

    [Fact]
    public void A_key_counts_only_where_the_route_accepts_it()
    {
        Assert.Null(Identify([AgentKeySource.AiAccessToken], ("Authorization", "Bearer key-1")));
        Assert.Null(Identify([], ("AiAccess-Token", "key-1")));
        Assert.NotNull(Identify([AgentKeySource.AiAccessToken], ("AiAccess-Token", "key-1"), ("Authorization", "Bearer key-2")));
    }

    [Fact]
    public void All_keys_on_a_call_have_to_prove_the_same_caller()
    {
        Assert.Equal("one", Identify(All, ("AiAccess-Token", "key-1"), ("Authorization", "Bearer key-1"))?.Agent.Id);
        Assert.Equal("one", Identify(All, ("AiAccess-Token", "key-1"), ("Authorization", "Bearer something of the upstream's"))?.Agent.Id);
        Assert.Null(Identify(All, ("AiAccess-Token", "key-1"), ("Authorization", "Bearer key-2")));
        Assert.Null(Identify(All, ("x-api-key", "key-2"), ("AiAccess-Token", "key-1")));
        Assert.Null(Identify(All, ("AiAccess-Token", "key-1"), ("x-api-key", "for-joan")));
        Assert.Null(Identify(All, ("AiAccess-Token", "key-1"), ("x-api-key", "key-1b")));
    }

    [Fact]
    public void A_header_of_thousands_of_commas_is_not_looked_into_thousands_of_times()
    {
        var headers = new HeaderDictionary { ["x-api-key"] = "a, key-1, b", ["api-key"] = string.Join(',', Enumerable.Repeat("a", 10_000)) };

        Assert.Contains("key-1", AgentKeys.AllIn(headers));
        Assert.InRange(AgentKeys.AllIn(headers).Count(), 4, 40);
    }

    [Fact]
    public void A_repeated_credential_proves_nobody()
    {
        Assert.Null(Identify(All, ("AiAccess-Token", "key-1"), ("AiAccess-Token", "key-1")));
        Assert.Null(Identify(All, ("AiAccess-Token", "key-1"), ("x-api-key", "a"), ("x-api-key", "b")));
        Assert.Null(Identify(All, ("Authorization", "Basic x"), ("Authorization", "Bearer key-1")));
    }

    [Fact]
    public void A_key_says_for_whom_the_agent_acts_until_it_expires()
    {
        Assert.Equal("joan", Identify(All, ("AiAccess-Token", "for-joan"))?.OnBehalfOf);
        Assert.Null(Identify(All, TimeSpan.FromTicks(1), ("AiAccess-Token", "for-joan")));
    }

    private static Caller? Identify(AgentKeySource[] sources, params (string Name, string Value)[] headers) => Identify(sources, TimeSpan.Zero, headers);

    private static Caller? Identify(AgentKeySource[] sources, TimeSpan later, params (string Name, string Value)[] headers)
    {
        var dictionary = new HeaderDictionary();
        foreach (var (name, value) in headers) dictionary.Append(name, value);
        var time = new ManualTime();
        time.Advance(later);
        // Without issuers nothing is waited for.
        return Some.Identification(time).IdentifyAsync(dictionary, sources, Directory, CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }
}
