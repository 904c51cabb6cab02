namespace AiAccessProxy.Tests.Architecture;

public class ClockTests
{
    [Fact]
    public async Task A_manual_clock_fires_its_timers_in_order_when_it_is_advanced()
    {
        var time = new ManualTime();
        var delay = Task.Delay(TimeSpan.FromSeconds(5), time, TestContext.Current.CancellationToken);

        time.Advance(TimeSpan.FromSeconds(4));
        Assert.False(delay.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await delay;
    }
}
