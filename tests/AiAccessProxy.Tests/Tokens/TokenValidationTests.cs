using System.Text.Json.Nodes;
using AiAccessProxy.Tokens;

namespace AiAccessProxy.Tests.Tokens;

public sealed class TokenValidationTests : IAsyncLifetime
{
    private Believing _here = null!;

    public static TheoryData<string> Hostile => [.. HostileTokens.All.Keys];

    public static TheoryData<string> Algorithms => [.. TokenHeader.Algorithms];

    public async ValueTask InitializeAsync() => _here = await Believing.StartAsync();

    public ValueTask DisposeAsync() => _here.DisposeAsync();

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_token_that_its_issuer_signed_for_this_audience_proves_what_it_claims(string algorithm)
    {
        var proven = Assert.IsType<TokenOutcome.Proven>(await _here.AskAsync(_here.Forge.Token(algorithm: algorithm)));

        Assert.Equal(("double", "subject", "client"), (proven.Issuer.Id, proven.Claims.Text("sub"), proven.Claims.Text("azp")));
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_token_with_anything_wrong_proves_nothing(string what)
    {
        Assert.IsType<TokenOutcome.Proven>(await _here.AskAsync(_here.Forge.Token()));

        Assert.IsNotType<TokenOutcome.Proven>(await _here.AskAsync(HostileTokens.All[what](_here.Forge)));
    }

    [Fact]
    public void There_are_enough_of_them() => Assert.InRange(HostileTokens.All.Count, 80, 1000);

    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task No_token_of_which_one_character_was_changed_is_good(string algorithm)
    {
        var good = _here.Forge.Token(algorithm: algorithm);
        const string Written = "ABCXYZabcxyz0189-_.=+/ ~\n\"";
        var random = new Random(20261121);
        for (var run = 0; run < Some.Runs(1500); run++)
        {
            // Every place in turn, so that none is missed.
            var at = run % good.Length;
            var now = Written[random.Next(Written.Length)];
            if (good[at] == now) continue;
            var changed = random.Next(4) switch { 0 => good.Remove(at, 1), 1 => good.Insert(at, now.ToString()), _ => good[..at] + now + good[(at + 1)..] };
            if (changed == good) continue;
            Assert.False(await _here.AskAsync(changed) is TokenOutcome.Proven, $"{good} and {changed}");
        }
    }

    [Fact]
    public async Task Clocks_may_be_a_minute_apart_and_no_more()
    {
        var now = _here.Time.GetUtcNow();
        await Check(claims => claims["exp"] = now.AddSeconds(-59).ToUnixTimeSeconds(), null);
        await Check(claims => claims["exp"] = now.AddSeconds(-60).ToUnixTimeSeconds(), TokenFault.Times);
        await Check(claims => claims["nbf"] = now.AddSeconds(60).ToUnixTimeSeconds(), null);
        await Check(claims => claims["iat"] = now.AddSeconds(60).ToUnixTimeSeconds(), null);
        await Check(claims => claims["exp"] = now.ToUnixTimeSeconds() + 0.5, null);
        await Check(claims => claims.Remove("nbf"), null);

        async Task Check(Action<JsonObject> claims, TokenFault? expected) => Assert.Equal(expected, await _here.FaultOfAsync(_here.Forge.Token(claims)));
    }

    [Theory]
    [InlineData("JWT", false, true)]
    [InlineData("at+jwt", false, true)]
    [InlineData("application/at+jwt", false, true)]
    [InlineData(null, false, true)]
    [InlineData(null, true, true)]
    [InlineData("jwt", true, true)]
    [InlineData("at+jwt", true, false)]
    [InlineData("logout+jwt", true, false)]
    public async Task A_token_serves_only_what_its_type_is_for(string? type, bool isSignIn, bool serves)
    {
        var token = _here.Forge.Token(header: head =>
        {
            head.Remove("typ");
            if (type is not null) head["typ"] = type;
        });

        Assert.Equal(serves, await _here.AskAsync(token, isSignIn ? TokenUse.SignIn : TokenUse.Access) is TokenOutcome.Proven);
    }

    [Fact]
    public async Task A_list_of_one_audience_is_that_audience() =>
        Assert.Null(await _here.FaultOfAsync(_here.Forge.Token(claims => claims["aud"] = new JsonArray(Believing.Audience))));

    [Fact]
    public async Task Without_a_key_id_the_only_key_that_fits_is_meant()
    {
        var token = _here.Forge.Token(header: head => head.Remove("kid"));
        Assert.Null(await _here.FaultOfAsync(token));

        _here.Double.Keys.Add((JsonNode)SigningKeys.Public(SigningKeys.Stranger, "key-3"));
        _here.Time.Advance(_here.Settings.KeyAge);
        Assert.Equal(TokenFault.UnknownKey, await _here.FaultOfAsync(_here.Forge.Token(header: head => head.Remove("kid"))));
    }

    [Fact]
    public async Task The_key_of_another_believed_issuer_signs_nothing_for_this_one()
    {
        await using var other = await IssuerDouble.StartAsync();
        other.Keys = [SigningKeys.Public(SigningKeys.Stranger, "theirs")];
        Issuer[] both = [_here.Issuer, new("other", other.Url, Believing.Audience)];
        var forged = TokenForge.Raw(
            TokenForge.Header().ToJsonString().Replace("key-1", "theirs", StringComparison.Ordinal), _here.Forge.Claims().ToJsonString(),
            bytes => TokenForge.Sign("RS256", bytes, SigningKeys.Stranger));

        var outcome = await _here.Validation.ValidateAsync(forged, both, TokenUse.Access, TestContext.Current.CancellationToken);

        Assert.Equal(TokenFault.UnknownKey, Assert.IsType<TokenOutcome.Refused>(outcome).Fault);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a-key-without-dots")]
    [InlineData("one.dot")]
    public async Task A_key_is_no_token(string text) => Assert.IsType<TokenOutcome.NoToken>(await _here.AskAsync(text));

    [Fact]
    public async Task A_token_that_fails_by_what_it_says_makes_nobody_fetch_keys()
    {
        await _here.FaultOfAsync(_here.Forge.Token(claims => claims["aud"] = "another"));
        await _here.FaultOfAsync(_here.Forge.Token(claims => claims["exp"] = 1));
        await _here.FaultOfAsync(_here.Forge.Token(claims => claims["iss"] = "https://evil.example"));

        Assert.Equal(0, _here.Double.Fetches);
    }
}
