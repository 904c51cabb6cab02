using AiAccessProxy.Actions;
using AiAccessProxy.Approvals;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;

namespace AiAccessProxy.Tests.Approvals;

/// <summary>A ledger that makes a change and gives no answer, as one in another process may: what is told and recorded afterwards is still true, and once.</summary>
public sealed class PerhapsDoneTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private EmbeddedLedger _store = null!;
    private FragileLedger _ledger = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Outcomes => ["answered", "not sent", "unknown"];

    public async ValueTask InitializeAsync() => _ledger = new(_store = await Some.OpenLedgerAsync(_time));

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Outcomes))]
    public async Task An_outcome_that_was_recorded_without_an_answer_is_not_recorded_again(string what)
    {
        ActionOutcome outcome = what switch
        {
            "answered" => OpenDesk.Answer(201),
            "not sent" => new ActionOutcome.NotSent("nobody listened", TimeSpan.Zero),
            _ => new ActionOutcome.Unknown("it was cut off", TimeSpan.Zero),
        };
        await using var desk = await OpenDesk.OpenAsync(_time, ledger: _ledger);
        var id = await ApprovedAsync(desk);
        var tries = 0;
        _ledger.Making = async change =>
        {
            if (!IsOver(change)) return await _store.CommitAsync(change, Token);
            var made = await _store.CommitAsync(change, Token);
            return ++tries == 1 ? throw Silence() : made;
        };

        await desk.CallAsync(Some.Waitable(), TimeSpan.Zero, _ => Task.FromResult(outcome));
        await desk.AdvanceUntilAsync(() => Task.FromResult(tries >= 2));
        await ForAsync(desk, TimeSpan.FromSeconds(5));

        var record = Assert.Single(await desk.RecordsAsync(), record => record.Outcome is not null);
        Assert.Null(record.Detail);
        Assert.True((await desk.TicketAsync(id)).IsOver);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public async Task A_use_that_was_taken_without_an_answer_ends_as_not_sent_however_late_it_is_taken(int secondsLater)
    {
        await using var desk = await OpenDesk.OpenAsync(_time, ledger: _ledger);
        var id = await ApprovedAsync(desk);
        Change? underWay = null;
        _ledger.Making = async change =>
        {
            if (underWay is not null || StatusIn(change) != TicketStatus.Executing) return await _store.CommitAsync(change, Token);
            underWay = change;
            if (secondsLater == 0) await _store.CommitAsync(change, Token);
            throw Silence();
        };

        await Assert.ThrowsAsync<LedgerUnavailableException>(() => desk.CallAsync(Some.Waitable(), TimeSpan.Zero));
        await ForAsync(desk, TimeSpan.FromSeconds(secondsLater));
        if (secondsLater > 0) Assert.IsType<Outcome.Done>(await _store.CommitAsync(underWay!, Token));
        await desk.AdvanceUntilAsync(async () => (await desk.TicketAsync(id)).IsOver);

        Assert.Equal((TicketStatus.Failed, 0), ((await desk.TicketAsync(id)).Status, desk.Sent));
        Assert.Equal([RecordKind.TicketExecuting, RecordKind.CallFailed], (await desk.KindsAsync())[^2..]);
        Assert.Equal(underWay!.Records[^1].Id, (await desk.RecordsAsync())[^1].Of);
        var again = Assert.IsType<Clearance.No>(await desk.CallAsync(Some.Waitable(), TimeSpan.Zero));
        Assert.NotEqual(id, Assert.IsType<Refused.StillPending>(again.Refused).Ticket.Id);
    }

    [Fact]
    public async Task A_use_that_was_never_taken_leaves_the_approval_to_the_repeat_and_the_repeat_alone()
    {
        await using var desk = await OpenDesk.OpenAsync(_time, ledger: _ledger);
        var id = await ApprovedAsync(desk);
        var isLost = true;
        _ledger.Making = async change => isLost && StatusIn(change) == TicketStatus.Executing ? throw Silence() : await _store.CommitAsync(change, Token);
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => desk.CallAsync(Some.Waitable(), TimeSpan.Zero));
        await ForAsync(desk, TimeSpan.FromSeconds(2));
        Assert.Equal(TicketStatus.Approved, (await desk.TicketAsync(id)).Status);

        isLost = false;
        var answer = new TaskCompletionSource<ActionOutcome>();
        var repeat = desk.CallAsync(Some.Waitable(), TimeSpan.Zero, _ => answer.Task);
        await OpenDesk.UntilAsync(() => desk.Sent == 1);
        // Longer than it is in doubt, and longer than a lease that nobody renews.
        await ForAsync(desk, TimeSpan.FromSeconds(40));
        Assert.Equal(TicketStatus.Executing, (await desk.TicketAsync(id)).Status);
        answer.SetResult(OpenDesk.Answer());

        Assert.IsType<Clearance.Go>(await repeat);
        Assert.Single(await desk.KindsAsync(), RecordKind.TicketExecuting);
        Assert.Equal(RecordKind.CallExecuted, Assert.Single(await desk.RecordsAsync(), record => record.Outcome is not null).Kind);
    }

    [Fact]
    public async Task Two_who_try_kept_outcomes_at_once_record_each_of_them_once()
    {
        await using var desk = await OpenDesk.OpenAsync(_time, ledger: _ledger, start: false);
        string[] paths = ["/v1/one", "/v1/two", "/v1/three"];
        foreach (var path in paths)
        {
            await ApprovedAsync(desk, path);
            await desk.CallAsync(Some.Waitable(path), TimeSpan.Zero, _ =>
            {
                _ledger.IsFull = true;
                return Task.FromResult<ActionOutcome>(OpenDesk.Answer());
            });
            _ledger.IsFull = false;
        }

        var (asked, go) = (0, new TaskCompletionSource());
        _ledger.Making = async change =>
        {
            Interlocked.Increment(ref asked);
            await go.Task;
            return await _store.CommitAsync(change, Token);
        };
        var both = Task.WhenAll(desk.Get<Closing>().RetryAsync().AsTask(), desk.Get<Closing>().RetryAsync().AsTask());
        await OpenDesk.UntilAsync(() => asked > 0);
        go.SetResult();
        await both.WaitAsync(Eventually.Generous, TimeProvider.System, Token);

        var outcomes = (await desk.RecordsAsync()).Where(record => record.Outcome is not null).ToList();
        Assert.Equal(paths.Length, outcomes.Count);
        Assert.Distinct(outcomes.Select(record => record.Ticket));
    }

    [Fact]
    public async Task A_call_whose_ticket_is_being_opened_when_all_holds_end_is_held_no_more_than_the_others()
    {
        await using var desk = await OpenDesk.OpenAsync(_time, ledger: _ledger);
        var (opening, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        _ledger.Making = async change =>
        {
            opening.TrySetResult();
            await go.Task;
            return await _store.CommitAsync(change, Token);
        };
        var call = desk.CallAsync(Some.Waitable());
        await opening.Task.WaitAsync(Eventually.Generous, TimeProvider.System, Token);

        await desk.Get<Leaving>().LeaveAsync(Token);
        go.SetResult();

        Assert.IsType<Refused.StillPending>(Assert.IsType<Clearance.No>(await call).Refused);
    }

    private static async Task<TicketId> ApprovedAsync(OpenDesk desk, string? path = null)
    {
        var pending = Assert.IsType<Clearance.No>(await desk.CallAsync(path is null ? Some.Waitable() : Some.Waitable(path), TimeSpan.Zero));
        return (await desk.ApproveAsync(Assert.IsType<Refused.StillPending>(pending.Refused).Ticket.Id)).Id;
    }

    private static Task ForAsync(OpenDesk desk, TimeSpan span)
    {
        var until = desk.Time.GetUtcNow() + span;
        return desk.AdvanceUntilAsync(() => Task.FromResult(desk.Time.GetUtcNow() >= until));
    }

    private static bool IsOver(Change change) => StatusIn(change) is TicketStatus.Executed or TicketStatus.Failed or TicketStatus.Unknown;

    private static TicketStatus? StatusIn(Change change) =>
        change.Moves.FirstOrDefault(move => move.Id.Kind == Tickets.Kind) is { } move ? TicketState.Read(move.State.Span).Status : null;

    private static LedgerUnavailableException Silence() => new("it gave no answer");
}
