using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Policies;
using AiAccessProxy.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiAccessProxy.Tests.Approvals.Channels;

/// <summary>What operators are told of channels: by metrics, by the hold's span, and as long as it lasts.</summary>
public class ChannelHealthTests
{
    private static readonly NotifyPlace Security = new("paper", "security");

    private static readonly CardTask Post = new(Security, "nonce", null, 0);

    private static readonly CardTask Update = Post with { Address = "security/1" };

    [Fact]
    public async Task Every_try_is_counted_by_its_channel_which_fails_until_one_works()
    {
        var wall = new PaperChannel { Name = "counted", Before = _ => new CardOutcome.Unreachable("no route") };
        using var seen = new SeenMeasurements("counted");
        await using var desk = await OpenDesk.OpenAsync(rules: Rules("counted:security"), channel: wall);
        var call = desk.CallAsync(Some.Waitable(rules: desk.Policies.Current));

        await desk.AdvanceUntilAsync(() => Task.FromResult(seen.Deliveries("failed") >= 2));
        Assert.Equal((0, 1), (seen.Deliveries("delivered"), seen.Failing()));

        wall.Before = _ => null;
        await desk.AdvanceUntilAsync(() => Task.FromResult(seen.Deliveries("delivered") >= 1));
        Assert.Equal(0, seen.Failing());
        await desk.ApproveAsync((await desk.TicketAsync()).Id);
        await call;
    }

    [Fact]
    public async Task The_first_card_on_a_channel_is_an_event_of_the_hold_however_many_there_are()
    {
        var stopped = new ConcurrentQueue<Activity>();
        using var listener = Listen(stopped: stopped.Enqueue);
        var wall = new PaperChannel { Before = _ => new CardOutcome.Throttled(null) };
        await using var desk = await OpenDesk.OpenAsync(rules: Rules("paper:security", "paper:finance"), channel: wall);
        var call = desk.CallAsync(Some.Waitable(rules: desk.Policies.Current));
        await desk.HeldAsync(1);
        // Not earlier, so that the call is there to hear of it.
        wall.Before = _ => null;
        var id = (await desk.TicketAsync()).Id;
        await desk.AdvanceUntilAsync(async () =>
            await desk.Get<CardTracks>().ReadAsync(id, TestContext.Current.CancellationToken) is { Track: { Courier: null } track } && track.Places.All(place => place.Stands));
        await desk.ApproveAsync(id);
        await call;

        var hold = Assert.Single(stopped, span => span.OperationName == "hold" && span.GetTagItem(Attributes.Ticket) is string ticket && ticket == id.Value);
        Assert.Equal(["opened", "notified", "vote", "decided"], hold.Events.Select(one => one.Name));
        Assert.Contains(new KeyValuePair<string, object?>(Attributes.Channel, "paper"), hold.Events.ElementAt(1).Tags);
    }

    [Fact]
    public async Task A_card_that_another_instance_showed_is_an_event_of_the_hold_too()
    {
        var begun = new ConcurrentQueue<Activity>();
        using var listener = Listen(started: begun.Enqueue);
        var (now, rules) = (new ManualTime(), Rules("paper:security"));
        using var ledger = await Some.OpenLedgerAsync(now);
        // The one that holds the call never gets to show anything itself: its clock stands still, and to it the next try is never due.
        await using var holding = await OpenDesk.OpenAsync(ledger: ledger, rules: rules, channel: new PaperChannel { Before = _ => new CardOutcome.Throttled(null) });
        var call = holding.CallAsync(Some.Waitable(rules: rules));
        await holding.HeldAsync(1);
        var id = (await holding.TicketAsync()).Id;

        await using var showing = await OpenDesk.OpenAsync(now, ledger: ledger, rules: rules, channel: new PaperChannel());
        Activity? Hold() => begun.FirstOrDefault(span => span.OperationName == "hold" && span.GetTagItem(Attributes.Ticket) is string ticket && ticket == id.Value);
        await showing.AdvanceUntilAsync(() => Task.FromResult(Hold() is { } hold && hold.Events.Any(one => one.Name == "notified")));
        await holding.ApproveAsync(id);
        await call;

        Assert.Equal(["opened", "notified", "vote", "decided"], Hold()!.Events.Select(one => one.Name));
        Assert.Contains(new KeyValuePair<string, object?>(Attributes.Channel, "paper"), Hold()!.Events.ElementAt(1).Tags);
    }

    [Fact]
    public void A_place_fails_since_the_first_of_its_tries_in_a_row_that_came_to_nothing()
    {
        var (alarm, time) = Alarm();
        foreach (var outcome in new CardOutcome[] { new CardOutcome.Throttled(null), new CardOutcome.Unreachable("no route"), new CardOutcome.Refused("too large"), new CardOutcome.Gone("removed") })
        {
            alarm.Tried(Post, outcome);
            Assert.Equal((Security, Some.Moment), (Assert.Single(alarm.Failing).Place, alarm.Failing[0].Since));
            time.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.Equal("removed", alarm.Failing[0].Why);
        alarm.Tried(Post, new CardOutcome.Shown("security/1"));
        Assert.Empty(alarm.Failing);
    }

    [Fact]
    public void A_card_that_somebody_took_away_is_no_place_that_fails()
    {
        var (alarm, _) = Alarm();
        alarm.Tried(Update, new CardOutcome.Gone("it is not there"));
        Assert.Empty(alarm.Failing);
        alarm.Tried(Update, new CardOutcome.Unreachable("no route"));
        alarm.Tried(Update, new CardOutcome.Gone("it is not there"));
        Assert.Single(alarm.Failing);
    }

    [Fact]
    public void Where_nobody_tries_any_more_nothing_is_known_to_fail()
    {
        var (alarm, time) = Alarm();
        alarm.Tried(Post, new CardOutcome.Gone("removed"));
        time.Advance(ChannelAlarm.Memory - TimeSpan.FromSeconds(1));
        Assert.Single(alarm.Failing);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(alarm.Failing);

        alarm.Tried(Post, new CardOutcome.Gone("removed"));
        Assert.Equal(time.GetUtcNow(), Assert.Single(alarm.Failing).Since);
    }

    private static (ChannelAlarm Alarm, ManualTime Time) Alarm()
    {
        var time = new ManualTime();
        time.Advance(Some.Moment - time.GetUtcNow());
        return (new(new ChannelHealth(), time, NullLogger<ChannelAlarm>.Instance), time);
    }

    private static ActivityListener Listen(Action<Activity>? started = null, Action<Activity>? stopped = null)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Signals.Name,
            // Nothing else: other tests run meanwhile, and what they do would be traced as well.
            Sample = (ref ActivityCreationOptions<ActivityContext> span) => span.Name == "hold" ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStarted = started,
            ActivityStopped = stopped,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static PolicySnapshot Rules(params string[] places) => Some.Rules(Some.ApprovalRule() with
    {
        Notify = [.. places.Select(text => NotifyPlace.TryParse(text, out var place) ? place : throw new ArgumentException(text))],
    });

    /// <summary>The channel's own: other tests deliver meanwhile, on channels of other names.</summary>
    private sealed class SeenMeasurements : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentDictionary<string, long> _deliveries = [];
        private int _failing = -1;

        public SeenMeasurements(string channel)
        {
            _listener.InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Name == Metrics.ChannelDeliveries.Name || instrument.Name == Metrics.ChannelFailing.Name) own.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            {
                var labels = tags.ToArray().ToDictionary(tag => tag.Key, tag => (string?)tag.Value);
                if (labels["channel"] == channel) _deliveries.AddOrUpdate(labels["outcome"]!, value, (_, before) => before + value);
            });
            _listener.SetMeasurementEventCallback<int>((_, value, tags, _) =>
            {
                if ((string?)tags.ToArray().Single().Value == channel) _failing = value;
            });
            _listener.Start();
        }

        public long Deliveries(string outcome) => _deliveries.GetValueOrDefault(outcome);

        public int Failing()
        {
            _listener.RecordObservableInstruments();
            return _failing;
        }

        public void Dispose() => _listener.Dispose();
    }
}
