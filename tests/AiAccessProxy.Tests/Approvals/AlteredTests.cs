using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Instances;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Tests.Approvals;

/// <summary>A register that was altered, or put back with the whole store, is refused for good. Whoever sees to many goes on with the others.</summary>
public sealed class AlteredTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly HashSet<RegisterId> _altered = [];
    private AiAccessProxy.Ledger.Embedded.EmbeddedLedger _under = null!;
    private FragileLedger _ledger = null!;
    private OpenDesk _desk = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _under = await Some.OpenLedgerAsync(_time);
        _ledger = new(_under) { IsAltered = _altered.Contains };
        _desk = await OpenDesk.OpenAsync(_time, ledger: _ledger, isShared: true, start: false);
    }

    public async ValueTask DisposeAsync()
    {
        await _desk.DisposeAsync();
        _under.Dispose();
    }

    [Fact]
    public async Task An_instance_whose_word_is_refused_says_so_and_goes_on_under_another_register()
    {
        var roll = _desk.Get<InstanceRoll>();
        await roll.AnnounceAsync(Token);
        await roll.AnnounceAsync(Token);
        for (var times = 1; times < 4; times++)
        {
            await foreach (var register in _under.LiveAsync(InstanceRoll.Kind, null, Token)) _altered.Add(register.Id);
            Assert.Empty(await roll.CallAsync(Token));

            await roll.AnnounceAsync(Token);
            await roll.AnnounceAsync(Token);

            Assert.Equal([_desk.Get<InstanceSet>().Self], (await roll.CallAsync(Token)).Select(seen => seen.Name));
            Assert.Equal(times, (await _desk.RecordsAsync()).Count(record => record.Kind == RecordKind.InstanceJoined && record.Detail!.Contains("is refused", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Tickets_beside_one_that_was_altered_while_it_was_sent_are_renewed_and_end_in_time()
    {
        var answers = Enumerable.Range(0, 5).Select(_ => new TaskCompletionSource<AiAccessProxy.Actions.ActionOutcome>()).ToList();
        var (calls, running) = (new List<Task<Clearance>>(), new List<TicketId>());
        foreach (var (answer, i) in answers.Select((answer, i) => (answer, i)))
        {
            var call = Some.Waitable($"/v1/{i}");
            await _desk.CallAsync(call, TimeSpan.Zero);
            running.Add((await _desk.LiveAsync()).Single(ticket => ticket.Status == TicketStatus.Pending).Id);
            await _desk.ApproveAsync(running[i]);
            calls.Add(_desk.CallAsync(call, TimeSpan.Zero, _ => answer.Task));
            await OpenDesk.UntilAsync(() => _desk.Sent == i + 1);
        }

        await _desk.CallAsync(Some.Waitable("/v1/pending"), TimeSpan.Zero);
        var pending = (await _desk.LiveAsync()).Single(ticket => ticket.Status == TicketStatus.Pending);
        _altered.Add(new(Tickets.Kind, running[2].Value));

        while (_time.GetUtcNow() < pending.DecideBy)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            await _desk.Get<Overdue>().SweepAsync(Token);
        }

        Assert.Equal(TicketStatus.Expired, (await _desk.TicketAsync(pending.Id)).Status);
        foreach (var answer in answers) answer.SetResult(OpenDesk.Answer());
        foreach (var call in calls) Assert.IsType<Clearance.Go>(await call);
        // Each has its outcome on record, the altered one without a ticket that moves with it; and nothing is left to be tried again.
        Assert.Equal(5, (await _desk.KindsAsync()).Count(kind => kind == RecordKind.CallExecuted));
        Assert.Contains("altered", (await _desk.RecordsAsync()).Single(record => record.Kind == RecordKind.CallExecuted && record.Ticket == running[2].Value).Detail, StringComparison.Ordinal);
        await _desk.Get<Closing>().RetryAsync();
        Assert.Equal(5, (await _desk.KindsAsync()).Count(kind => kind == RecordKind.CallExecuted));
        Assert.False(_desk.Get<Running>().Has(running[2]));
    }

    [Fact]
    public async Task Held_calls_beside_one_whose_ticket_was_altered_are_woken_although_every_hint_is_lost()
    {
        await using var elsewhere = await OpenDesk.OpenAsync(_time, ledger: _under, start: false);
        await _desk.StartAsync();
        using var gone = new CancellationTokenSource();
        var calls = Enumerable.Range(0, 20).Select(i => _desk.CallAsync(Some.Waitable($"/v1/{i}"), gone: gone.Token)).ToList();
        await _desk.HeldAsync(calls.Count);
        var tickets = await _desk.LiveAsync();
        foreach (var ticket in tickets.Take(10)) _altered.Add(new(Tickets.Kind, ticket.Id.Value));
        foreach (var ticket in tickets.Skip(10)) await elsewhere.ApproveAsync(ticket.Id);

        await _desk.AdvanceUntilAsync(() => Task.FromResult(calls.Count(call => call.IsCompleted) == 10));

        Assert.Equal(10, _desk.Sent);
        await gone.CancelAsync();
        foreach (var call in calls) await call.ContinueWith(_ => { }, Token, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
