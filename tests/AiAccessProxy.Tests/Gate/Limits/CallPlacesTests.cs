using AiAccessProxy.Approvals;
using AiAccessProxy.Gate.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Gate.Limits;

public class CallPlacesTests
{
    private readonly ManualTime _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

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
    public async Task One_agent_with_all_of_its_places_troubles_no_other()
    {
        var places = Places(calls: 100, perAgent: 1, held: 2, waiting: 0);
        var calls = Enumerable.Range(0, 3).Select(_ => Call(places)).ToList();
        foreach (var call in calls) Assert.IsType<PlaceEntry.In>(await CallPlace.EnterAsync(call, "greedy"));

        var fourth = Call(places);
        var refused = Assert.IsType<PlaceEntry.Refused>(await CallPlace.EnterAsync(fourth, "greedy")).Why;
        Assert.Equal((429, "too-many", true), (refused.Status, refused.Kind, refused.Retryable));
        Assert.Contains("gate:limits:callsPerAgent", refused.Detail, StringComparison.Ordinal);
        Assert.NotNull(refused.RetryAfter);
        Assert.IsType<PlaceEntry.In>(await CallPlace.EnterAsync(Call(places), "modest"));

        Place(fourth).Dispose();
        Place(calls[0]).Dispose();
        Assert.IsType<PlaceEntry.In>(await CallPlace.EnterAsync(Call(places), "greedy"));
        Assert.IsType<PlaceEntry.Refused>(await CallPlace.EnterAsync(Call(places), "greedy"));
    }

    [Fact]
    public async Task A_call_beyond_waits_for_one_that_ends_in_the_order_in_which_they_came_and_takes_no_place_meanwhile()
    {
        var places = Places(calls: 9, perAgent: 1, held: 1);
        var first = new[] { Call(places), Call(places) };
        foreach (var call in first) await CallPlace.EnterAsync(call, "busy");
        var line = new[] { Call(places), Call(places), Call(places) };
        var entries = line.Select(call => CallPlace.EnterAsync(call, "busy").AsTask()).ToArray();
        Assert.Equal((2, 3), (places.Taken, places.Waiting));
        Assert.IsType<PlaceEntry.In>(await CallPlace.EnterAsync(Call(places), "other"));

        for (var i = 0; i < 3; i++)
        {
            Assert.All(entries[i..], entry => Assert.False(entry.IsCompleted));
            Place(i < 2 ? first[i] : line[0]).Dispose();
            Assert.IsType<PlaceEntry.Waited>(await entries[i].WaitAsync(Eventually.Generous, TimeProvider.System, Token));
        }

        // Read anew, it has its place.
        Assert.IsType<PlaceEntry.In>(await CallPlace.EnterAsync(line[2], "busy"));
        Assert.IsType<PlaceEntry.Refused>(await CallPlace.EnterAsync(line[2], "other"));
        Place(line[1]).Dispose();
        Place(line[2]).Dispose();
        Assert.Equal((1, 0), (places.Taken, places.Waiting));
    }

    [Fact]
    public async Task Who_waits_in_vain_is_refused_and_who_leaves_is_forgotten()
    {
        var places = Places(calls: 9, perAgent: 1, held: 0);
        var holder = Call(places);
        await CallPlace.EnterAsync(holder, "busy");
        var (late, gone) = (Call(places), Call(places));
        using var leaving = new CancellationTokenSource();
        gone.RequestAborted = leaving.Token;
        var (refused, left) = (CallPlace.EnterAsync(late, "busy").AsTask(), CallPlace.EnterAsync(gone, "busy").AsTask());

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(refused.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal("too-many", Assert.IsType<PlaceEntry.Refused>(await refused.WaitAsync(Eventually.Generous, TimeProvider.System, Token)).Why.Kind);

        Assert.Equal((3, 0), (places.Taken, places.Waiting));
        foreach (var call in new[] { late, gone, holder }) Place(call).Dispose();
        Assert.Equal((0, 0), (places.Taken, places.Waiting));
        Assert.IsType<PlaceEntry.In>(await CallPlace.EnterAsync(Call(places), "busy"));
    }

    [Fact]
    public async Task No_more_wait_than_may_and_the_rest_is_refused_at_once()
    {
        var places = Places(calls: 100, perAgent: 1, held: 0, waiting: 5, waitingPerAgent: 3);
        foreach (var agent in new[] { "a", "b" }) await CallPlace.EnterAsync(Call(places), agent);
        Task<PlaceEntry>[] Wait(string agent, int count) => [.. Enumerable.Range(0, count).Select(_ => CallPlace.EnterAsync(Call(places), agent).AsTask())];

        Assert.Equal([false, false, false, true], Wait("a", 4).Select(entry => entry.IsCompleted));
        Assert.Equal([false, false, true], Wait("b", 3).Select(entry => entry.IsCompleted));
        Assert.Equal(5, places.Waiting);
    }

    [Fact]
    public async Task Whatever_calls_do_all_places_and_all_bytes_come_back()
    {
        var places = Places(calls: 50, perAgent: 5, held: 5, waitingPerAgent: 4);
        var random = new Random(7);
        var open = new List<(HttpContext Call, Task<PlaceEntry>? Entry, CancellationTokenSource Leaves)>();
        // Calls that waited go on when they have a processor, so that no two runs end with the same ones open.
        var haveWaited = false;
        for (var i = 0; i < 5000; i++)
        {
            if (random.Next(2) == 0 && places.TryTake() is { } place)
            {
                var (call, leaves) = (new DefaultHttpContext(), new CancellationTokenSource());
                call.Features.Set(place);
                call.RequestAborted = leaves.Token;
                var entry = random.Next(4) > 0 ? CallPlace.EnterAsync(call, $"agent {random.Next(5)}").AsTask() : null;
                if (entry is { IsCompletedSuccessfully: true, Result: PlaceEntry.In })
                    call.Features.Get<AiAccessProxy.Actions.Bodies.BodyRoom>()!.TryHold(random.Next(1 << 20));
                open.Add((call, entry, leaves));
            }
            else if (open.Count > 0)
            {
                var at = random.Next(open.Count);
                await EndAsync(open[at]);
                open.RemoveAt(at);
            }

            if (random.Next(50) == 0) _time.Advance(TimeSpan.FromSeconds(4));
            Assert.InRange(places.Taken, 0, places.Most + 4 * 5);
            haveWaited |= places.Waiting > 0;
        }

        Assert.True(haveWaited, "some call waited for a place");
        foreach (var one in open) await EndAsync(one);
        Assert.Equal((0, 0, 0L), (places.Taken, places.Waiting, places.Bodies.Taken));

        static async Task EndAsync((HttpContext Call, Task<PlaceEntry>? Entry, CancellationTokenSource Leaves) one)
        {
            await one.Leaves.CancelAsync();
            if (one.Entry is { } entry) await entry.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(Eventually.Generous, TimeProvider.System, Token);
            Place(one.Call).Dispose();
            one.Leaves.Dispose();
        }
    }

    private CallPlaces Places(int calls, int perAgent, int held, int waiting = 100, int waitingPerAgent = 100)
    {
        var limits = Options.Create(new LimitOptions { Calls = calls, CallsPerAgent = perAgent, Waiting = waiting, WaitingPerAgent = waitingPerAgent });
        var approvals = Options.Create(new ApprovalOptions { MaxHeldPerAgent = held, MaxHeld = held });
        return new(limits, approvals, new(limits, approvals, _time), _time);
    }

    private static CallPlace Place(HttpContext call) => call.Features.Get<CallPlace>()!;

    private static DefaultHttpContext Call(CallPlaces places)
    {
        var call = new DefaultHttpContext();
        call.Features.Set(places.TryTake());
        return call;
    }
}
