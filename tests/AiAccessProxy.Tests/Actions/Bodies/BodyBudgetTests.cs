using AiAccessProxy.Actions.Bodies;
using FsCheck;
using FsCheck.Fluent;

namespace AiAccessProxy.Tests.Actions.Bodies;

public class BodyBudgetTests
{
    [Fact]
    public void What_an_agent_may_have_is_refused_to_it_alone_and_what_there_is_to_all()
    {
        var budget = new BodyBudget(inAll: 100, perAgent: 60);
        using var first = new BodyRoom(budget, "one");
        Assert.Null(first.TryHold(50));
        using var second = new BodyRoom(budget, "one");
        Assert.Equal(BodyShortage.OfAgent, second.TryHold(11));
        Assert.Null(second.TryHold(10));
        using var other = new BodyRoom(budget, "two");
        Assert.Equal(BodyShortage.OfAll, other.TryHold(41));
        Assert.Null(other.TryHold(40));

        first.Dispose();
        Assert.Null(other.TryHold(60));
        Assert.Equal(70, budget.Taken);
    }

    [Fact]
    public void However_calls_grow_shrink_and_end_no_budget_is_passed_and_nothing_is_lost()
    {
        var step = from call in Gen.Choose(0, 7) from bytes in Gen.Choose(0, 60) from ends in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true))) select (call, bytes, ends);
        Prop.ForAll(Arb.From(step.ListOf()), steps =>
        {
            var budget = new BodyBudget(inAll: 100, perAgent: 60);
            var held = new long[8];
            var rooms = Enumerable.Range(0, 8).Select(call => new BodyRoom(budget, $"agent {call % 3}")).ToArray();
            foreach (var (call, bytes, ends) in steps)
            {
                var others = held.Where((_, i) => i != call && i % 3 == call % 3).Sum();
                var expected = bytes <= held[call] ? null
                    : others + bytes > 60 ? BodyShortage.OfAgent
                    : held.Sum() - held[call] + bytes > 100 ? (BodyShortage?)BodyShortage.OfAll
                    : null;
                if (rooms[call].TryHold(bytes) != expected) return false;
                if (expected is null) held[call] = bytes;
                if (ends)
                {
                    rooms[call].Dispose();
                    held[call] = 0;
                }

                if (budget.Taken != held.Sum()) return false;
            }

            foreach (var room in rooms) room.Dispose();
            return budget.Taken == 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Some.Runs(200)));
    }
}
