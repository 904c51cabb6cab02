using AiAccessProxy.Bypass.Harness;
using AiAccessProxy.Bypass.Spellings;

namespace AiAccessProxy.Bypass;

/// <summary>Calls that carry several actions, on the wire: none gets through where rules look into bodies.</summary>
public class BatchTests
{
    // One rule looks into each body, and another lets through whatever it finds there.
    private const string Rules = """
        - { id: looked-at, match: { paths: ["/**"], where: [{ field: body.method, equals: read }] }, effect: allow }
        - { id: rest, match: { paths: ["/**"] }, effect: allow }

        """;

    [Theory]
    [InlineData("HTTP/1.1")]
    [InlineData("HTTP/2")]
    public async Task No_call_of_several_actions_gets_through_where_rules_look_into_bodies(string version)
    {
        var isNew = version == "HTTP/2";
        await using var lab = isNew ? await Lab.StartTlsAsync(Write) : await Lab.StartAsync(Write);
        Task<IReadOnlyList<Shot>> FireAsync(IReadOnlyList<Spelling> calls) =>
            Volley.FireAsync(lab, calls, async () => isNew ? await lab.ConnectHttp2Async() : await lab.ConnectAsync());

        Assert.All(await FireAsync(BatchSpellings.OfOne), shot => Assert.True(shot.Arrived.Count == 1, $"{shot.Answer?.Said}: {shot.Call}"));

        var shots = await FireAsync(BatchSpellings.All);
        var answers = shots.CountBy(shot => shot.Answer?.Said ?? "closed").OrderByDescending(one => one.Value).Select(one => $"{one.Value} x {one.Key}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{version}: {shots.Count} calls; {string.Join(", ", answers)}");
        Assert.InRange(shots.Count, 150, int.MaxValue);
        Assert.All(shots, shot => Assert.True(shot.Arrived.Count == 0 && shot.Answer is { Status: 400 }, $"{shot.Answer?.Said}: {shot.Call}"));
    }

    private static void Write(PolicyFolder policies, RawUpstream upstream) => policies.Route("api", upstream.Address, Rules);
}
