using AiAccessProxy.Bypass.Grounds;
using AiAccessProxy.Bypass.Harness;
using AiAccessProxy.Bypass.Spellings;

namespace AiAccessProxy.Bypass;

/// <summary>Bytes sent are bytes matched, in every call that is forwarded.</summary>
public class SentIsMatchedTests
{
    private const int Usual = 1500;

    [Theory]
    [InlineData("HTTP/1.1")]
    [InlineData("HTTP/2")]
    public async Task What_arrives_is_byte_for_byte_what_was_sent_and_what_the_ledger_says_was_decided_on(string version)
    {
        var isNew = version == "HTTP/2";
        var ground = new AnythingGround();
        var seed = Seed.Of(isNew ? 20261124 : 20261123);
        var count = Seed.Runs(Usual);
        IReadOnlyList<Spelling> plain = [.. PlainSpellings.Of($"/{ground.Name}", seed.Chance).Take(count)];
        IEnumerable<Spelling>[] odd = [TargetSpellings.Of(ground, seed.Chance), HeaderSpellings.Of(ground, seed.Chance), MethodSpellings.Of(ground, seed.Chance)];
        IReadOnlyList<Spelling> all = [.. plain, .. odd.SelectMany(spellings => spellings.Where(Tempting.IsPlain).Take(count / 2))];
        await using var lab = isNew ? await Lab.StartTlsAsync(ground.Write) : await Lab.StartAsync(ground.Write);

        var shots = await Volley.FireAsync(lab, all, async () => isNew ? await lab.ConnectHttp2Async() : await lab.ConnectAsync());
        TestContext.Current.TestOutputHelper?.WriteLine($"{version}, {seed}: {shots.Count} calls, {shots.Count(shot => shot.Arrived.Count > 0)} forwarded");
        await SentIsMatched.CheckAsync(lab, ground, shots);

        var refused = shots.Take(plain.Count).Where(shot => shot.Arrived.Count == 0).ToList();
        Assert.True(refused.Count == 0, $"{refused.Count} calls with one meaning were refused ({seed}):\n{string.Join('\n', refused.Take(20).Select(shot => $"{shot.Answer}: {shot.Call}"))}");
    }
}
