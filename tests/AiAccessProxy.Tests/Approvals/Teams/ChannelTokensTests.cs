using System.Text.Json.Nodes;
using AiAccessProxy.Tests.Tokens;

namespace AiAccessProxy.Tests.Approvals.Teams;

/// <summary>What proves that Teams sent something, and how much does not.</summary>
public sealed class ChannelTokensTests : IAsyncLifetime
{
    private TeamsGround _ground = null!;

    public static TheoryData<string> OfAnyIssuer => [.. HostileTokens.All.Keys];

    public static TheoryData<string> OfThisOne => [.. Own.Keys];

    private static IReadOnlyDictionary<string, Func<TokenForge, string>> Own { get; } = new Dictionary<string, Func<TokenForge, string>>
    {
        ["RS384"] = forge => forge.Token(algorithm: "RS384"),
        ["RS512"] = forge => forge.Token(algorithm: "RS512"),
        ["PS256"] = forge => forge.Token(algorithm: "PS256"),
        ["ES256 by an endorsed key"] = forge => forge.Token(algorithm: "ES256"),
        ["no serviceurl"] = forge => forge.Token(claims => claims.Remove("serviceurl")),
        ["serviceurl empty"] = forge => forge.Token(claims => claims["serviceurl"] = ""),
        ["serviceurl null"] = forge => forge.Token(claims => claims["serviceurl"] = null),
        ["serviceurl in a list"] = forge => forge.Token(claims => claims["serviceurl"] = new JsonArray(TeamsGround.Service)),
        ["serviceurl of another region"] = forge => forge.Token(claims => claims["serviceurl"] = "https://smba.trafficmanager.net/amer/"),
        ["serviceurl without its slash"] = forge => forge.Token(claims => claims["serviceurl"] = TeamsGround.Service.TrimEnd('/')),
        ["serviceurl in capitals"] = forge => forge.Token(claims => claims["serviceurl"] = TeamsGround.Service.ToUpperInvariant()),
        ["serviceurl twice by two names"] = forge => forge.Token(claims => claims["serviceUrl"] = TeamsGround.Service),
        ["good for a week"] = forge => forge.Token(claims => claims["exp"] = forge.Now.AddDays(7).ToUnixTimeSeconds()),
        ["expired a quarter of an hour ago"] = forge => forge.Token(claims => claims["exp"] = forge.Now.AddMinutes(-15).ToUnixTimeSeconds()),
        ["good from in ten minutes on"] = forge => forge.Token(claims => claims["nbf"] = forge.Now.AddMinutes(10).ToUnixTimeSeconds()),
        ["for the emulator"] = forge => forge.Token(claims => claims["iss"] = "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"),
        ["of the Bot Connector's own name"] = forge => forge.Token(claims => claims["iss"] = "https://api.botframework.com"),
        ["for another bot"] = forge => forge.Token(claims => claims["aud"] = "abcdefab-0000-4000-8000-0000000000ff"),
        ["for the bot by its name in Teams"] = forge => forge.Token(claims => claims["aud"] = $"28:{TeamsGround.App}"),
    };

    private static IReadOnlyDictionary<string, JsonNode?> Endorsements { get; } = new Dictionary<string, JsonNode?>
    {
        ["none"] = null,
        ["an empty list"] = new JsonArray(),
        ["another channel"] = new JsonArray("webchat", "directline"),
        ["capitals"] = new JsonArray("MSTEAMS"),
        ["a text"] = "msteams",
        ["a text in a list in a list"] = new JsonArray(new JsonArray("msteams")),
        ["an object"] = new JsonObject { ["msteams"] = true },
        ["something else beside it"] = new JsonArray("msteams", 1),
        ["a longer name"] = new JsonArray("msteams2"),
        ["a blank behind it"] = new JsonArray("msteams "),
    };

    public static TheoryData<string> EveryEndorsement => [.. Endorsements.Keys];

    public async ValueTask InitializeAsync() => _ground = await TeamsGround.StartAsync();

    public ValueTask DisposeAsync() => _ground.DisposeAsync();

    [Fact]
    public async Task What_Teams_sends_is_taken()
    {
        Assert.Equal(200, (await _ground.SendAsync(TeamsGround.Installation(), _ground.Forge.Token())).Status);
        Assert.Equal(200, (await _ground.SendAsync(TeamsGround.Click(), _ground.Forge.Token())).Status);
        // The last, because no such card was ever posted.
        Assert.Equal(["channel.installed", "channel.turn", "vote.refused"], await _ground.DoneAsync());
    }

    [Theory]
    [MemberData(nameof(OfAnyIssuer))]
    public Task A_token_with_anything_wrong_brings_nothing_in(string what) => RefusedAsync(HostileTokens.All[what](_ground.Forge));

    [Theory]
    [MemberData(nameof(OfThisOne))]
    public Task A_token_that_the_Bot_Connector_would_not_send_brings_nothing_in(string what) => RefusedAsync(Own[what](_ground.Forge));

    [Theory]
    [MemberData(nameof(EveryEndorsement))]
    public async Task A_key_that_is_not_endorsed_for_Teams_brings_nothing_in(string what)
    {
        var keys = SigningKeys.Shown();
        foreach (var key in keys) if (Endorsements[what] is { } endorsements) key!["endorsements"] = endorsements.DeepClone();
        _ground.Issuer.Keys = keys;
        await RefusedAsync(_ground.Forge.Token());
    }

    [Fact]
    public async Task Nothing_and_other_credentials_bring_nothing_in()
    {
        await RefusedAsync(null);
        await RefusedAsync("");
        await RefusedAsync("key-of-grace");
        await RefusedAsync(_ground.Forge.Token() + ", Bearer " + _ground.Forge.Token());
    }

    [Fact]
    public void There_are_enough_of_them() =>
        Assert.InRange(HostileTokens.All.Count + Own.Count + Endorsements.Count + HostileActivities.All.Count, 200, 2000);

    [Fact]
    public async Task No_token_of_which_one_character_was_changed_is_good()
    {
        var (good, random) = (_ground.Forge.Token(), new Random(7));
        const string Written = "ABCXYZabcxyz0189-_.";
        for (var run = 0; run < Some.Runs(200); run++)
        {
            var (at, now) = (random.Next(good.Length), Written[random.Next(Written.Length)]);
            var changed = random.Next(3) switch { 0 => good.Remove(at, 1), 1 => good.Insert(at, now.ToString()), _ => good[..at] + now + good[(at + 1)..] };
            if (changed != good) Assert.Equal(401, (await _ground.SendAsync(TeamsGround.Installation(), changed)).Status);
        }

        Assert.Empty(await _ground.DoneAsync());
    }

    private async Task RefusedAsync(string? token)
    {
        // A header cannot hold what is no text of one line; that is refused before anybody looks at tokens.
        // A tab behind it is the field's, and no part of it (RFC 9110, 5.5).
        if (token?.AsSpan().ContainsAny("\r\n\0\t") == true) return;
        var (status, body) = await _ground.SendAsync(TeamsGround.Click(), token);
        Assert.True(status is 400 or 401 or 403 or 431, $"{status} {body}");
        Assert.Empty(await _ground.DoneAsync());
    }
}
