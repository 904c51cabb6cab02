using AiAccessProxy.Bypass.Grounds;
using AiAccessProxy.Bypass.Harness;
using AiAccessProxy.Bypass.Spellings;

namespace AiAccessProxy.Bypass;

/// <summary>
/// Privileged calls spelt in thousands of ways, and calls that pass dressed up to be privileged: whatever is forwarded, no upstream takes it
/// for what the policy keeps back, and it is what was decided on, byte for byte.
/// </summary>
public class SpellingTests
{
    private static readonly Dictionary<string, Ground> Known = new Ground[] { new DenyListGround(), new AllowListGround() }.ToDictionary(ground => ground.Name);

    public static TheoryData<string> Grounds => [.. Known.Keys];

    [Theory]
    [MemberData(nameof(Grounds))]
    public Task No_spelling_of_a_target_gets_past_the_policy(string ground) => AttackAsync(Known[ground], TargetSpellings.Of, 3000);

    [Theory]
    [MemberData(nameof(Grounds))]
    public Task No_spelling_of_a_method_gets_past_the_policy(string ground) => AttackAsync(Known[ground], MethodSpellings.Of, 400);

    [Theory]
    [MemberData(nameof(Grounds))]
    public Task No_spelling_of_header_fields_gets_past_the_policy(string ground) => AttackAsync(Known[ground], HeaderSpellings.Of, 600);

    private static async Task AttackAsync(Ground ground, Func<Ground, Random, IEnumerable<Spelling>> spell, int usual)
    {
        var seed = Seed.Of(20261121);
        var calls = Tempting.Take(ground, spell(ground, seed.Chance), Seed.Runs(usual));
        await using var lab = await Lab.StartAsync(ground.Write);

        var shots = await Volley.FireAsync(lab, calls, async () => await lab.ConnectAsync());
        await SentIsMatched.CheckAsync(lab, ground, shots);
        Judgement.Pass(ground, shots, seed.ToString());
    }
}
