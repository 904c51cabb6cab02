using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass.Ordinary;

/// <summary>That what is read alone is what gets through: a sample of the ordinary calls, on the wire, arrives as it was sent.</summary>
public class OrdinaryWireTests
{
    private const int EveryWhich = 8;

    private const string Rules = """
        - id: any
          match: { paths: ["/**"] }
          effect: allow

        """;

    [Fact]
    public async Task A_sample_of_the_calls_arrives_byte_for_byte_under_the_documented_settings()
    {
        await using var lab = await Lab.StartAsync((policies, upstream) =>
        {
            foreach (var setting in ApiSettings.Documented) policies.Route(setting.Api, upstream.Address, Rules, setting.Yaml);
        });
        // The adversary's socket does not wait for 100 Continue.
        var calls = OrdinaryCalls.All.Where((_, at) => at % EveryWhich == 0)
            .Select(call => call.Spelling with
            {
                Target = $"/{call.Api}{call.Spelling.Target}",
                Headers = [.. call.Spelling.Headers.Where(header => !header.Name.Equals("Expect", StringComparison.OrdinalIgnoreCase))],
            }).ToList();

        var shots = await Volley.FireAsync(lab, calls, async () => await lab.ConnectAsync());

        var refused = shots.Where(shot => shot.Answer?.Problem == "no-single-meaning").ToList();
        Assert.InRange(shots.Count, 250, int.MaxValue);
        Assert.True(refused.Count <= shots.Count / 200, string.Join('\n', refused));
        Assert.All(shots.Except(refused), shot =>
        {
            Assert.True(shot.Answer?.Status == 200, $"{shot.Answer} to {shot.Call}");
            var arrived = Assert.Single(shot.Arrived);
            Assert.Equal((shot.Call.Method, shot.Call.Target[shot.Call.Target.IndexOf('/', 1)..]), (arrived.Method, arrived.Target));
            Assert.Equal(shot.Call.Body ?? [], arrived.Body);
        });
    }
}
