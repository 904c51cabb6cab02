using System.Globalization;
using AiAccessProxy.Bypass.Grounds;
using AiAccessProxy.Bypass.Models;

namespace AiAccessProxy.Bypass.Harness;

/// <summary>What a volley showed: every call that got through although some upstream would take it for a privileged one.</summary>
internal static class Judgement
{
    private const int Shown = 5;

    /// <summary>Fails with the calls that got past the policy, and the upstream that each would have fooled.</summary>
    public static void Pass(Ground ground, IReadOnlyList<Shot> shots, string seed)
    {
        var forwarded = shots.Where(shot => shot.Arrived.Count > 0).ToList();
        var answers = shots.CountBy(shot => shot.Answer?.Said ?? "closed").OrderByDescending(one => one.Value).Select(one => $"{one.Value} x {one.Key}");
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{ground.Name}, {seed}: {shots.Count} calls x {UpstreamModel.All.Count(ground.Counts)} upstreams, {forwarded.Count} forwarded; {string.Join(", ", answers)}"));

        Assert.All(shots, shot => Assert.True(shot.Arrived.Count <= 1, $"arrived {shot.Arrived.Count} times: {shot.Call}"));
        var past = forwarded.Select(shot => (shot.Call, Upstream: Fooled(ground, shot))).Where(shot => shot.Upstream is not null)
            .GroupBy(shot => shot.Upstream!.Habits)
            .Select(group => $"{group.Count()} past {group.Key}:\n{string.Join('\n', group.Take(Shown).Select(shot => $"    {shot.Call}"))}").ToList();
        Assert.True(past.Count == 0, $"Of {shots.Count} calls ({seed}) there got past the policy\n{string.Join('\n', past)}");
    }

    /// <summary>The first upstream, and so one with as few habits as can be, that takes what arrived for a privileged action.</summary>
    private static UpstreamModel? Fooled(Ground ground, Shot shot) =>
        UpstreamModel.All.FirstOrDefault(model => ground.Counts(model) && ground.IsPrivileged(model.See(shot.Arrived[0])));
}
