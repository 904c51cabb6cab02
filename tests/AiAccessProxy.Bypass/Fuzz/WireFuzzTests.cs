using System.Globalization;
using AiAccessProxy.Bypass.Grounds;
using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass.Fuzz;

/// <summary>What the generators make, on the wire and with the whole product between: server, ledger and upstream connections included.</summary>
public class WireFuzzTests
{
    private const int Usual = 400;
    private const int Together = 200;

    /// <summary>Of <see cref="Together"/> calls each; then the product starts anew, so that its ledger can be held against the wire.</summary>
    private const int Volleys = 10;

    // These make the socket wait for what the generator does not send; what they do to framing is FramingFuzzTests' business.
    private static readonly string[] Waiting = ["Content-Length", "Transfer-Encoding", "Expect"];

    [Fact]
    public async Task No_call_of_the_corpus_gets_past_the_policy_on_the_wire()
    {
        await using var lab = await Lab.StartAsync(Write);
        await FireAsync(lab, [.. Corpus.All.Where(IsSound)], "the corpus");
        await Alive.CheckAsync(lab);
    }

    [Fact]
    public async Task No_call_however_it_is_changed_gets_past_the_policy_on_the_wire()
    {
        var seed = Seed.Of(20261124);
        var fuzz = new DryFuzz(new(await FuzzGround.RulesAsync()), seed.Chance);
        foreach (var call in Corpus.All) await fuzz.TryAsync(call);
        var (sent, forwarded) = (0, 0);
        for (var length = FuzzLength.Of(Usual); length.GoesOn(sent);)
        {
            await using var lab = await Lab.StartAsync(Write);
            for (var volley = 0; volley < Volleys && length.GoesOn(sent); volley++, sent += Together)
                forwarded += await FireAsync(lab, await CallsAsync(fuzz), seed.ToString());
            await Alive.CheckAsync(lab);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seed}: {sent} calls on the wire, {forwarded} forwarded"));
    }

    private static async Task<List<Spelling>> CallsAsync(DryFuzz fuzz)
    {
        var calls = new List<Spelling>();
        while (calls.Count < Together)
        {
            var call = fuzz.Next();
            await fuzz.TryAsync(call);
            if (IsSound(call)) calls.Add(call);
        }

        return calls;
    }

    private static void Write(PolicyFolder policies, RawUpstream upstream)
    {
        foreach (var ground in FuzzGround.All) ground.Write(policies, upstream);
    }

    /// <summary>Whether it is one request on the wire: line ends in it would make it another, and blanks at its end are none of the target's.</summary>
    private static bool IsSound(Spelling call) =>
        !call.Target.EndsWith(' ') &&
        !call.Headers.Any(header => Waiting.Contains(header.Name.Trim(), StringComparer.OrdinalIgnoreCase))
        && !$"{call.Method}{call.Target}{string.Concat(call.Headers.Select(header => header.Name + header.Value))}".AsSpan().ContainsAny('\r', '\n');

    /// <summary>How many were forwarded, none of them wrongly.</summary>
    private static async Task<int> FireAsync(Lab lab, IReadOnlyList<Spelling> calls, string seed)
    {
        var shots = await Volley.FireAsync(lab, calls, async () => await lab.ConnectAsync());
        Assert.All(shots, shot => Assert.False(shot.Answer?.Status is 500 or 502, $"{shot.Answer}\n{Corpus.Write(shot.Call)}"));
        foreach (var ground in shots.GroupBy(shot => GroundOf(shot.Call)))
        {
            if (ground.Key is null)
            {
                Assert.All(ground, shot => Assert.Empty(shot.Arrived));
                continue;
            }

            await SentIsMatched.CheckAsync(lab, ground.Key, [.. ground]);
            Judgement.Pass(ground.Key, [.. ground], seed);
        }

        return shots.Sum(shot => shot.Arrived.Count);
    }

    private static Ground? GroundOf(Spelling call) => FuzzGround.All.FirstOrDefault(ground =>
        call.Target == $"/{ground.Name}" || call.Target.StartsWith($"/{ground.Name}/", StringComparison.Ordinal) || call.Target.StartsWith($"/{ground.Name}?", StringComparison.Ordinal));
}
