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

    public static TheoryData<string, string> Grounds => [.. Known.Keys.SelectMany(ground => new[] { (ground, "HTTP/1.1"), (ground, "HTTP/2") })];

    public static TheoryData<string> OptIns => [.. OptIn.All.Keys];

    [Theory]
    [MemberData(nameof(Grounds))]
    public Task No_spelling_of_a_target_gets_past_the_policy(string ground, string version) => AttackAsync(Known[ground], version, TargetSpellings.Of, 3000);

    [Theory]
    [MemberData(nameof(Grounds))]
    public Task No_spelling_of_a_method_gets_past_the_policy(string ground, string version) => AttackAsync(Known[ground], version, MethodSpellings.Of, 400);

    [Theory]
    [MemberData(nameof(Grounds))]
    public Task No_spelling_of_header_fields_gets_past_the_policy(string ground, string version) => AttackAsync(Known[ground], version, HeaderSpellings.Of, 600);

    [Theory]
    [MemberData(nameof(Grounds))]
    public Task No_spelling_of_a_body_gets_past_the_policy(string ground, string version) => AttackAsync(Known[ground], version, BodySpellings.Of, 1000);

    [Theory]
    [InlineData("HTTP/1.1")]
    [InlineData("HTTP/2")]
    public Task No_spelling_of_a_form_gets_past_the_policy(string version) => AttackAsync(new FormGround(), version, FormSpellings.Of, 600);

    [Theory]
    [InlineData("HTTP/1.1")]
    [InlineData("HTTP/2")]
    public Task No_header_counts_for_an_upstream_in_place_of_the_credential_of_the_route(string version) =>
        AttackAsync(new KeyedGround(), version, HeaderSpellings.Of, 300);

    [Fact]
    public Task What_a_route_accepts_takes_nothing_from_its_deny_and_approval_rules() =>
        AttackAsync(new DenyListGround(OptIn.OfPaths), "HTTP/1.1", TargetSpellings.Of, 2000);

    [Theory]
    [MemberData(nameof(OptIns))]
    public Task What_a_route_accepts_is_safe_before_the_upstreams_it_is_meant_for(string optIn) => AttackAsync(
        new AllowListGround(OptIn.All[optIn]), "HTTP/1.1", Mixed, 500);

    /// <summary>Of all kinds in turn.</summary>
    private static IEnumerable<Spelling> Mixed(Ground ground, Random chance) => TargetSpellings.Of(ground, chance)
        .Zip(HeaderSpellings.Of(ground, chance), MethodSpellings.Of(ground, chance)).SelectMany(three => new[] { three.First, three.Second, three.Third });

    private static async Task AttackAsync(Ground ground, string version, Func<Ground, Random, IEnumerable<Spelling>> spell, int usual)
    {
        var isNew = version == "HTTP/2";
        var seed = Seed.Of(isNew ? 20261122 : 20261121);
        var calls = Tempting.Take(ground, spell(ground, seed.Chance), Seed.Runs(usual));
        await using var lab = isNew ? await Lab.StartTlsAsync(ground.Write) : await Lab.StartAsync(ground.Write);

        var shots = await Volley.FireAsync(lab, calls, async () => isNew ? await lab.ConnectHttp2Async() : await lab.ConnectAsync());
        await SentIsMatched.CheckAsync(lab, ground, shots);
        Judgement.Pass(ground, shots, $"{version}, {seed}");
    }
}
