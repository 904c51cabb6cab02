using System.Net;
using AiAccessProxy.Gate;
using AiAccessProxy.Gate.Limits;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Gate.Limits;

public class HandshakePaceTests
{
    private static readonly IPEndPoint Here = new(IPAddress.Loopback, 1);

    private readonly ManualTime _time = new();

    [Fact]
    public async Task Handshakes_beyond_a_seconds_worth_begin_one_after_the_other()
    {
        var pace = Pace(perSecond: 10);
        var begun = Enumerable.Range(0, 25).Select(_ => pace.MayBeginAsync(Here, default).AsTask()).ToList();
        // The eleventh's turn is now.
        Assert.Equal(11, Completed(begun));

        for (var i = 12; i <= 25; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            Assert.True(await begun[i - 1].WaitAsync(TestContext.Current.CancellationToken));
            Assert.Equal(i, Completed(begun));
        }
    }

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.2", false)]
    [InlineData("10.0.0.1", "::ffff:10.0.0.1", true)]
    [InlineData("2001:db8::1", "2001:db8::ffff", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    public async Task Addresses_wait_for_themselves_alone(string first, string second, bool together)
    {
        var pace = Pace(perSecond: 1);
        for (var i = 0; i < 2; i++) Assert.True(await pace.MayBeginAsync(new IPEndPoint(IPAddress.Parse(first), i), default));
        var other = pace.MayBeginAsync(new IPEndPoint(IPAddress.Parse(second), 9), default).AsTask();
        Assert.Equal(together, !other.IsCompleted);
    }

    [Fact]
    public async Task Who_would_wait_longer_than_a_handshake_may_take_is_sent_away_and_takes_nobodys_turn()
    {
        var pace = Pace(perSecond: 1);
        var begun = Enumerable.Range(0, 50).Select(_ => pace.MayBeginAsync(Here, default).AsTask()).ToList();
        Assert.Equal(50 - 12, begun.Count(one => one is { IsCompleted: true, Result: false }));
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(12, (await Task.WhenAll(begun)).Count(may => may));
        Assert.True(await pace.MayBeginAsync(Here, default));
    }

    [Fact]
    public async Task A_connection_that_is_closed_while_it_waits_does_not_begin()
    {
        var pace = Pace(perSecond: 1);
        using var closed = new CancellationTokenSource();
        for (var i = 0; i < 2; i++) await pace.MayBeginAsync(Here, default);
        var waits = pace.MayBeginAsync(Here, closed.Token).AsTask();
        await closed.CancelAsync();
        Assert.False(await waits);
    }

    [Fact]
    public void Without_TLS_nobody_waits()
    {
        var pace = Pace(perSecond: 1, "http://127.0.0.1:0");
        for (var i = 0; i < 100; i++) Assert.True(pace.MayBeginAsync(Here, default).AsTask() is { IsCompleted: true, Result: true });
    }

    private static int Completed(IEnumerable<Task<bool>> begun) => begun.Count(one => one.IsCompleted);

    private HandshakePace Pace(int perSecond, string url = "https://127.0.0.1:0") =>
        new(Options.Create(new LimitOptions { Handshakes = perSecond }), Options.Create(new GateOptions { Url = url }), _time);
}
