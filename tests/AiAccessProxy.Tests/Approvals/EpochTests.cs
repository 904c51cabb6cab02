using AiAccessProxy.Approvals;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;

namespace AiAccessProxy.Tests.Approvals;

/// <summary>What a new run of the ledger's store does to tickets: an approval is good in the run in which it was given.</summary>
public sealed class EpochTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private EmbeddedLedger _store = null!;
    private RestartedLedger _ledger = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _ledger = new(_store = await Some.OpenLedgerAsync(_time));

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_approval_of_an_earlier_run_lapses_and_its_call_is_asked_for_anew()
    {
        await using var desk = await OpenAsync();
        var id = await ApprovedAsync(desk);
        _ledger.Restart("run-2");

        Assert.NotEqual(id, await PendingAsync(desk));

        var ticket = await desk.TicketAsync(id);
        Assert.Equal((TicketStatus.Lapsed, TicketMoves.OtherEpoch, 0), (ticket.Status, ticket.EndedBecause, desk.Sent));
    }

    [Fact]
    public async Task An_approval_of_an_earlier_run_is_not_used_by_who_does_not_know_of_the_new_one_yet()
    {
        await using var desk = await OpenAsync();
        var id = await ApprovedAsync(desk);
        _ledger.Restart("run-2", isKnown: false);

        var refused = Assert.IsType<Clearance.No>(await desk.CallAsync(Some.Waitable())).Refused;

        Assert.Equal(TicketStatus.Lapsed, Assert.IsType<Refused.Ended>(refused).Ticket.Status);
        Assert.Equal((TicketStatus.Lapsed, 0), ((await desk.TicketAsync(id)).Status, desk.Sent));
    }

    [Fact]
    public async Task A_vote_across_a_restart_approves_in_the_new_run()
    {
        await using var desk = await OpenAsync();
        var call = desk.CallAsync(Some.Waitable());
        await desk.HeldAsync(1);
        _ledger.Restart("run-2", isKnown: false);

        var approved = await desk.ApproveAsync((await desk.TicketAsync()).Id);

        Assert.Equal("run-2", approved.Epoch);
        await desk.AdvanceUntilAsync(() => Task.FromResult(call.IsCompleted));
        Assert.IsType<Clearance.Go>(await call);
    }

    [Fact]
    public async Task An_approval_of_a_newer_run_is_used_and_not_ended_by_who_does_not_know_of_that_run_yet()
    {
        var ahead = new RestartedLedger(_store);
        ahead.Restart("run-2");
        await using var desk = await OpenAsync();
        await using var other = await OpenDesk.OpenAsync(_time, ledger: ahead, settings: ("lease", "10m"));
        var call = desk.CallAsync(Some.Waitable());
        await desk.HeldAsync(1);
        _ledger.Restart("run-2", isKnown: false);

        var approved = await other.ApproveAsync((await desk.TicketAsync()).Id);

        Assert.Equal("run-2", approved.Epoch);
        await desk.AdvanceUntilAsync(() => Task.FromResult(call.IsCompleted));
        Assert.IsType<Clearance.Go>(await call);
    }

    [Fact]
    public async Task After_a_restart_what_is_pending_stays_what_is_approved_lapses_and_what_is_executing_is_unknown()
    {
        await using var desk = await OpenAsync();
        await using var dead = await OpenAsync();
        var (executing, answered) = (new TaskCompletionSource<Cleared>(), new TaskCompletionSource());
        var approved = await ApprovedAsync(desk, agent: 1);
        var sending = dead.CallAsync(Some.Waitable(), upstream: async cleared =>
        {
            executing.SetResult(cleared);
            await answered.Task.WaitAsync(Token);
            return OpenDesk.Answer();
        });
        await dead.HeldAsync(1);
        var sent = (await desk.LiveAsync()).Single(ticket => ticket.Status == TicketStatus.Pending).Id;
        await desk.ApproveAsync(sent);
        await dead.AdvanceUntilAsync(() => Task.FromResult(executing.Task.IsCompleted || sending.IsCompleted));
        Assert.False(sending.IsCompleted);
        var pending = await PendingAsync(desk, agent: 2);

        _ledger.Restart("run-2");
        await desk.AdvanceUntilAsync(async () => (await KindsAsync()).Count(kind => kind == RecordKind.LedgerEpoch) == 3);

        Assert.Equal(TicketStatus.Lapsed, (await desk.TicketAsync(approved)).Status);
        Assert.Equal(TicketStatus.Unknown, (await desk.TicketAsync(sent)).Status);
        Assert.Equal(TicketStatus.Pending, (await desk.TicketAsync(pending)).Status);
        answered.SetResult();
        await sending;
        Assert.Contains(await RecordsAsync(), record => record is { Kind: RecordKind.CallExecuted, Detail: not null });
        var told = (await RecordsAsync()).Where(record => record.Kind == RecordKind.LedgerEpoch).Select(record => record.Ticket).ToList();
        // One for each run, and one in the story of the ticket that was pending then; however many instances settle it.
        Assert.Equal([null, null, pending.Value], told);
    }

    private async Task<OpenDesk> OpenAsync() => await OpenDesk.OpenAsync(_time, ledger: _ledger, settings: ("lease", "10m"));

    private async Task<TicketId> ApprovedAsync(OpenDesk desk, int agent = 0)
    {
        var id = await PendingAsync(desk, agent);
        await desk.ApproveAsync(id);
        return id;
    }

    private static async Task<TicketId> PendingAsync(OpenDesk desk, int agent = 0)
    {
        var no = Assert.IsType<Clearance.No>(await desk.CallAsync(Some.Waitable(agent: agent), TimeSpan.Zero));
        return Assert.IsType<Refused.StillPending>(no.Refused).Ticket.Id;
    }

    private async Task<List<LedgerRecord>> RecordsAsync() =>
        await _ledger.ReadFromAsync(Position.Start, Token).Select(entry => entry.Record).ToListAsync(Token);

    private async Task<List<string>> KindsAsync() => [.. (await RecordsAsync()).Select(record => record.Kind)];
}
