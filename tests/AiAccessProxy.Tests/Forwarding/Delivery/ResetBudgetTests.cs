using AiAccessProxy.Forwarding.Delivery;

namespace AiAccessProxy.Tests.Forwarding.Delivery;

public class ResetBudgetTests
{
    [Fact]
    public void More_resets_than_may_be_within_ten_seconds_are_told()
    {
        var (time, told) = (new ManualTime(), 0);
        var budget = new ResetBudget(3, time, () => told++);
        budget.Spend(3);
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(0, told);
        budget.Spend(1);
        Assert.Equal(1, told);
    }

    [Fact]
    public void After_ten_seconds_it_is_whole_again()
    {
        var (time, told) = (new ManualTime(), 0);
        var budget = new ResetBudget(3, time, () => told++);
        for (var i = 0; i < 50; i++)
        {
            budget.Spend(3);
            budget.Spend(0);
            time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(0, told);
    }
}
