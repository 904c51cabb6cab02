using AiAccessProxy.Commands.Tables;

namespace AiAccessProxy.Tests.Commands.Tables;

public class MomentsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "now (12:00:00Z)")]
    [InlineData(90, "in 1 min 30 s (12:01:30Z)")]
    [InlineData(-7200, "2 h 0 min ago (10:00:00Z)")]
    [InlineData(-90000, "1 d 1 h ago (2026-11-20 11:00:00Z)")]
    public void A_cell_says_how_far_and_exactly_when(int seconds, string told) => Assert.Equal(told, Moments.Cell(Noon.AddSeconds(seconds), Noon));

    [Fact]
    public void What_has_no_time_is_a_dash() => Assert.Equal("-", Moments.Cell(null, Noon));
}
