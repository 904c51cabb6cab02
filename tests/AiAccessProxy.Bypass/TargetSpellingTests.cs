using AiAccessProxy.Bypass.Grounds;
using AiAccessProxy.Bypass.Harness;
using AiAccessProxy.Bypass.Spellings;

namespace AiAccessProxy.Bypass;

/// <summary>Privileged calls spelt in thousands of ways: whatever is forwarded, no upstream takes it for what the policy keeps back.</summary>
public class TargetSpellingTests
{
    private const int Usual = 3000;

    public static TheoryData<string> Grounds => ["open", "closed"];

    [Theory]
    [MemberData(nameof(Grounds))]
    public async Task No_spelling_of_a_target_gets_past_the_policy(string name)
    {
        Ground ground = name == "open" ? new DenyListGround() : new AllowListGround();
        var seed = Seed.Of(20261121);
        await using var lab = await Lab.StartAsync(ground.Write);
        var calls = TargetSpellings.Of(ground, seed.Chance).Take(Seed.Runs(Usual)).ToList();

        Judgement.Pass(ground, await Volley.FireAsync(lab, calls, async () => await lab.ConnectAsync()), seed.ToString());
    }
}
