using AiAccessProxy.Approvals;
using AiAccessProxy.Gate.Limits;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Gate.Limits;

public class AgentExcessTests
{
    private readonly ManualTime _time = new();
    private readonly AgentExcess _excess;

    public AgentExcessTests() => _excess = new(
        Options.Create(new LimitOptions { RefusalsPerAgent = 5, Resets = 3 }), Options.Create(new ApprovalOptions { MaxHeldPerAgent = 4 }), _time);

    [Fact]
    public void Who_goes_on_after_so_many_refusals_is_not_read_until_the_second_is_over_and_nobody_else_suffers()
    {
        Refuse("greedy", 5);
        Assert.Null(_excess.Answer("greedy"));
        Refuse("greedy", 1);
        var answer = _excess.Answer("greedy")!;
        Assert.Equal((429, "too-many", true, TimeSpan.FromSeconds(1)), (answer.Status, answer.Kind, answer.Retryable, answer.RetryAfter));
        Assert.Contains("gate:limits:refusalsPerAgent", answer.Detail, StringComparison.Ordinal);
        Assert.Null(_excess.Answer("modest"));

        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.NotNull(_excess.Answer("greedy"));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(_excess.Answer("greedy"));
    }

    [Fact]
    public void Refusals_that_are_spread_out_are_nobodys_excess()
    {
        for (var second = 0; second < 100; second++, _time.Advance(TimeSpan.FromSeconds(1)))
        {
            Refuse("steady", 5);
            Assert.Null(_excess.Answer("steady"));
        }
    }

    [Fact]
    public void An_agent_may_reset_as_many_streams_as_it_may_have_held_and_some_on_all_its_connections_together()
    {
        Assert.True(_excess.MayReset("rapid", 4));
        Assert.True(_excess.MayReset("rapid", 3));
        Assert.Null(_excess.Answer("rapid"));
        Assert.False(_excess.MayReset("rapid", 1));
        Assert.Equal(TimeSpan.FromSeconds(10), _excess.Answer("rapid")?.RetryAfter);
        Assert.True(_excess.MayReset("calm", 7));

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(_excess.Answer("rapid"));
        Assert.True(_excess.MayReset("rapid", 7));
    }

    [Fact]
    public void However_much_is_spent_the_window_ends_it()
    {
        var random = new Random(5);
        for (var i = 0; i < 1000; i++)
        {
            _excess.MayReset("rapid", random.Next(int.MaxValue));
            if (random.Next(9) > 0) continue;
            _time.Advance(TimeSpan.FromSeconds(10));
            Assert.True(_excess.MayReset("rapid", 1));
        }
    }

    private void Refuse(string agent, int times)
    {
        for (var i = 0; i < times; i++) _excess.Refused(agent);
    }
}
