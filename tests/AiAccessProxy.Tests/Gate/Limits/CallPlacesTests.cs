using AiAccessProxy.Approvals;
using AiAccessProxy.Gate.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Gate.Limits;

public class CallPlacesTests
{
    [Fact]
    public void Places_are_as_many_as_may_be_held_and_some_and_come_back_when_calls_end()
    {
        var places = Places(calls: 2, perAgent: 9, held: 3);
        var taken = Enumerable.Range(0, 5).Select(_ => places.TryTake()).ToList();
        Assert.DoesNotContain(null, taken);
        Assert.Null(places.TryTake());

        taken[3]!.Dispose();
        Assert.NotNull(places.TryTake());
        Assert.Null(places.TryTake());
    }

    [Fact]
    public void One_agent_with_all_of_its_places_troubles_no_other()
    {
        var places = Places(calls: 100, perAgent: 1, held: 2);
        var calls = Enumerable.Range(0, 3).Select(_ => Call(places)).ToList();
        Assert.All(calls, call => Assert.Null(CallPlace.Enter(call, "greedy")));

        var fourth = Call(places);
        var refused = CallPlace.Enter(fourth, "greedy");
        Assert.Equal((429, "too-many", true), (refused!.Status, refused.Kind, refused.Retryable));
        Assert.Contains("gate:limits:callsPerAgent", refused.Detail, StringComparison.Ordinal);
        Assert.NotNull(refused.RetryAfter);
        Assert.Null(CallPlace.Enter(Call(places), "modest"));

        fourth.Features.Get<CallPlace>()!.Dispose();
        calls[0].Features.Get<CallPlace>()!.Dispose();
        Assert.Null(CallPlace.Enter(Call(places), "greedy"));
        Assert.NotNull(CallPlace.Enter(Call(places), "greedy"));
    }

    [Fact]
    public void Whatever_calls_do_all_places_and_all_bytes_come_back()
    {
        var places = Places(calls: 50, perAgent: 5, held: 5);
        var random = new Random(7);
        var open = new List<CallPlace>();
        for (var i = 0; i < 5000; i++)
        {
            if (random.Next(2) == 0 && places.TryTake() is { } place)
            {
                open.Add(place);
                var call = new DefaultHttpContext();
                call.Features.Set(place);
                if (random.Next(4) > 0 && CallPlace.Enter(call, $"agent {random.Next(9)}") is null)
                    call.Features.Get<AiAccessProxy.Actions.Bodies.BodyRoom>()!.TryHold(random.Next(1 << 20));
            }
            else if (open.Count > 0)
            {
                var at = random.Next(open.Count);
                open[at].Dispose();
                open.RemoveAt(at);
            }

            Assert.Equal(open.Count, places.Taken);
        }

        foreach (var place in open) place.Dispose();
        Assert.Equal((0, 0L), (places.Taken, places.Bodies.Taken));
    }

    private static CallPlaces Places(int calls, int perAgent, int held)
    {
        var limits = Options.Create(new LimitOptions { Calls = calls, CallsPerAgent = perAgent });
        var approvals = Options.Create(new ApprovalOptions { MaxHeldPerAgent = held, MaxHeld = held });
        return new(limits, approvals, new(limits, approvals, new ManualTime()));
    }

    private static DefaultHttpContext Call(CallPlaces places)
    {
        var call = new DefaultHttpContext();
        call.Features.Set(places.TryTake());
        return call;
    }
}
