using AiAccessProxy.Actions;
using AiAccessProxy.Approvals;
using AiAccessProxy.Gate;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Gate;

public class HoldWishTests
{
    private static readonly GateOptions Options = new() { Hold = TimeSpan.FromSeconds(50), MaxHold = TimeSpan.FromMinutes(10) };

    [Fact]
    public void Without_a_preference_the_route_says_how_long_and_what_then_and_else_the_setting()
    {
        Assert.Equal(new Hold(TimeSpan.FromSeconds(50), WhenPending.Refuse), HoldWish.For(default, WhenPending.Refuse, null, Options));
        Assert.Equal(
            new Hold(TimeSpan.FromSeconds(7), WhenPending.Retry), HoldWish.For(default, WhenPending.Retry, TimeSpan.FromSeconds(7), Options));
    }

    [Fact]
    public void Whoever_asks_to_be_told_later_is_not_held()
    {
        Assert.Equal(
            new Hold(TimeSpan.Zero, WhenPending.Accepted), HoldWish.For(new(true, TimeSpan.FromSeconds(9)), WhenPending.Refuse, null, Options));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(30, 30)]
    [InlineData(600, 600)]
    [InlineData(601, 600)]
    [InlineData(int.MaxValue, 600)]
    public void A_wait_is_granted_up_to_the_most_that_may_be_asked(int asked, int granted)
    {
        Assert.Equal(
            new Hold(TimeSpan.FromSeconds(granted), WhenPending.Accepted),
            HoldWish.For(new(false, TimeSpan.FromSeconds(asked)), WhenPending.Retry, null, Options));
    }
}
