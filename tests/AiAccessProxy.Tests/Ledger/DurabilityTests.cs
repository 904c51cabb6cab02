using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;

namespace AiAccessProxy.Tests.Ledger;

public sealed class DurabilityTests
{
    private readonly string _folder = Some.LedgerFolder();
    private readonly ManualTime _time = new();
    private readonly DiskScript _script = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plain_append_has_left_the_process_when_it_is_answered_and_is_on_disk_within_a_second()
    {
        var synced = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var ledger = Open(LedgerDurability.Standard);
        _script.Before = (_, operation, path) =>
        {
            if (operation == DiskOperation.Sync && path.EndsWith(SegmentName.Extension, StringComparison.Ordinal)) synced.TrySetResult();
        };

        await ledger.AppendAsync(Some.Record(detail: "plain"), Token);
        Assert.Contains("plain", File.ReadAllText(SegmentName.List(_folder)[0].Path), StringComparison.Ordinal);
        Assert.False(synced.Task.IsCompleted);

        _time.Advance(TimeSpan.FromMilliseconds(999));
        await synced.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Token);
    }

    [Fact]
    public async Task Steady_appends_do_not_put_off_the_fsync()
    {
        using var ledger = Open(LedgerDurability.Standard);
        await ledger.AppendAsync(Some.Record(), Token);
        var steps = _script.Steps.Count;
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await ledger.AppendAsync(Some.Record(), Token);
        }

        Assert.Contains(_script.Steps.Skip(steps), step => step.Operation == DiskOperation.Sync);
    }

    [Fact]
    public async Task Under_durability_always_a_plain_append_is_on_disk_when_it_is_answered()
    {
        using var ledger = Open(LedgerDurability.Always);
        var steps = _script.Steps.Count;
        await ledger.AppendAsync(Some.Record(), Token);

        Assert.Equal([DiskOperation.Write, DiskOperation.Sync], _script.Steps.Skip(steps).Select(step => step.Operation));
        Assert.Equal(new Position(1), ledger.Durable);
    }

    [Fact]
    public async Task A_commit_is_on_disk_when_it_is_answered_and_nobody_sees_it_before()
    {
        var ticket = new RegisterId("ticket", "t");
        using var ledger = Open(LedgerDurability.Standard);
        Register? seen = null;
        _script.Before = (_, operation, path) =>
        {
            if (operation == DiskOperation.Sync && path.EndsWith(SegmentName.Extension, StringComparison.Ordinal))
                seen = ledger.ReadAsync(ticket, default).AsTask().Result;
        };

        await ledger.CommitAsync(new([Some.Record()], [new(ticket, 0, default)]), Token);

        Assert.Null(seen);
        Assert.NotNull(await ledger.ReadAsync(ticket, Token));
        Assert.Equal(new Position(1), ledger.Durable);
    }

    [Fact]
    public async Task All_who_wait_share_one_write_and_one_fsync()
    {
        using var ledger = Open(LedgerDurability.Standard);
        using var first = new ManualResetEventSlim();
        var blocked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _script.Before = (_, operation, _) =>
        {
            if (operation != DiskOperation.Sync || blocked.Task.IsCompleted) return;
            blocked.SetResult();
            first.Wait(Token);
        };
        var running = new List<Task> { ledger.CommitAsync(new([Some.Record()], []), Token).AsTask() };
        await blocked.Task;
        var steps = _script.Steps.Count;
        for (var i = 0; i < 100; i++) running.Add(ledger.CommitAsync(new([Some.Record()], []), Token).AsTask());
        first.Set();
        await Task.WhenAll(running);

        Assert.Equal([DiskOperation.Write, DiskOperation.Sync], _script.Steps.Skip(steps).Select(step => step.Operation).Take(3));
    }

    [Fact]
    public async Task Closing_serves_those_who_wait_and_brings_everything_to_disk()
    {
        var ledger = Open(LedgerDurability.Standard);
        var running = Enumerable.Range(0, 50).Select(_ => ledger.AppendAsync(Some.Record(), Token).AsTask()).ToList();
        ledger.Dispose();

        Assert.Equal(50, (await Task.WhenAll(running))[^1].Number);
        Assert.Equal(DiskOperation.Sync, _script.Steps[^1].Operation);
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.AppendAsync(Some.Record(), Token));
        ledger.Dispose();
    }

    private EmbeddedLedger Open(LedgerDurability durability) => Story.Open(_folder, _script.ToDisk(), durability, _time);
}
