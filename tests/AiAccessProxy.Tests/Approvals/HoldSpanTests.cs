using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using AiAccessProxy.Approvals;
using AiAccessProxy.Telemetry;

namespace AiAccessProxy.Tests.Approvals;

public class HoldSpanTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_wait_is_a_span_of_the_calls_own_trace_that_tells_what_happened_meanwhile()
    {
        var stopped = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is Signals.Name or "test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = stopped.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("test");
        await using var desk = await OpenDesk.OpenAsync();
        var call = source.StartActivity("call")!;
        var first = desk.CallAsync(Some.Waitable());
        await desk.HeldAsync(1);
        var second = desk.CallAsync(Some.Waitable());
        await desk.HeldAsync(2);
        var id = (await desk.TicketAsync()).Id;
        desk.Desk.Notified(id, "teams");
        await desk.Desk.VoteAsync(id, Some.Ballot("grace"), Token);
        await Task.WhenAll(first, second);

        var holds = stopped.Where(span => span.TraceId == call.TraceId && span.OperationName == "hold").ToList();
        Assert.Equal(2, holds.Count);
        Assert.All(holds, hold => Assert.Equal(call.SpanId, hold.ParentSpanId));
        Assert.Equal(
            [["joined", "notified", "vote", "decided"], ["opened", "notified", "vote", "decided"]],
            holds.Select(hold => hold.Events.Select(one => one.Name).ToArray()).OrderBy(names => names[0]));
        var vote = Assert.Single(stopped, span => span.OperationName == "vote" && span.GetTagItem(Attributes.Ticket) is string ticket && ticket == id.Value);
        Assert.All(holds, hold => Assert.Equal(vote.SpanId, Assert.Single(hold.Links).Context.SpanId));
        Assert.Equal(call.SpanId, Assert.Single(vote.Links).Context.SpanId);
        Assert.All(await desk.RecordsAsync(), record => Assert.Equal(call.TraceId.ToHexString(), record.Trace));
    }

    [Fact]
    public async Task The_wait_for_a_decision_and_a_refused_self_approval_are_measured()
    {
        var waits = new ConcurrentQueue<(double Seconds, string Tags)>();
        var refused = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter.Name == Signals.Name) own.EnableMeasurementEvents(instrument);
        }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            if (instrument == ApprovalSignals.ApprovalWait) waits.Enqueue((value, string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))));
        });
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            if (instrument == ApprovalSignals.SelfApprovals) Interlocked.Add(ref refused, value);
        });
        listener.Start();
        await using var desk = await OpenDesk.OpenAsync();
        await desk.CallAsync(Some.Waitable(), TimeSpan.Zero);
        desk.Time.Advance(TimeSpan.FromSeconds(97.25));
        var id = (await desk.TicketAsync()).Id;

        await desk.Desk.VoteAsync(id, Some.Ballot("ada"), Token);
        await desk.ApproveAsync(id);

        // Other tests decide tickets meanwhile, in other times.
        Assert.Single(waits, (97.25, "decision=approved risk=high"));
        Assert.True(refused >= 1);
    }
}
