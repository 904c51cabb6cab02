using System.Globalization;
using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd;

/// <summary>
/// <c>kill -9</c> of the proxy between vote, <c>executing</c> and the first byte, round after round on the same folders. The upstream's own
/// log judges: nothing lost, doubled, or sent without its record, and nobody is asked twice.
/// </summary>
public class KillTests
{
    private static readonly KillPoint[] Points = Enum.GetValues<KillPoint>();

    private static int Rounds => LongRun.IsAskedFor ? 50 : Points.Length;

    [Fact]
    public async Task Killed_at_any_point_it_loses_doubles_and_forgets_nothing()
    {
        await using var battle = await KillRounds.StartAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var told = await battle.FightAsync(round, Points[round % Points.Length]);
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: {told}"));
        }

        await battle.JudgeAsync();
    }
}
