using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;

namespace AiAccessProxy.Tests.Ledger;

public sealed class FullDiskTests
{
    private const int NoSpace = 28;
    private static readonly RegisterId Ticket = new("ticket", "t_1");
    private readonly string _folder = Some.LedgerFolder();
    private readonly ManualTime _time = new();
    private readonly DiskScript _script = new();
    private bool _isFull;

    public FullDiskTests() => _script.Before = (_, operation, path) =>
    {
        // Full, but for the space that the reserve gives back; what was written before can be overwritten.
        var takesSpace = operation == DiskOperation.Write && Path.GetFileName(path) is not Vault.FileName;
        var isReserve = Path.GetFileName(path) == Reserve.FileName;
        if (_isFull && takesSpace && (isReserve || HasReserve())) throw new IOException("No space left on device", NoSpace);
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_a_full_disk_a_decision_is_recorded_and_junk_is_refused()
    {
        using var ledger = Story.Open(_folder, _script.ToDisk(), time: _time);
        await OpenTicketAsync(ledger);
        _isFull = true;

        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.AppendAsync(Some.Record(), Token));
        Assert.True(HasReserve());
        Assert.IsType<Outcome.Done>(await ledger.CommitAsync(Deciding(1), Token));
        Assert.False(HasReserve());
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.AppendAsync(Some.Record(), Token));
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.CommitAsync(new([Some.Record()], []), Token));
        Assert.IsType<Outcome.Done>(await ledger.CommitAsync(Deciding(2), Token));
        Assert.False(ledger.Health.IsOk);
        Assert.Contains("disk is full", ledger.Health.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_a_ticket_does_not_eat_the_space_for_decisions()
    {
        using var ledger = Story.Open(_folder, _script.ToDisk(), time: _time);
        await OpenTicketAsync(ledger);
        _isFull = true;

        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.CommitAsync(
            new([Some.Record()], [new(new("ticket", "t_2"), 0, default) { LiveGroup = "some-agent" }]), Token));
        Assert.True(HasReserve());
    }

    [Fact]
    public async Task What_a_known_person_does_is_recorded_on_a_full_disk_and_leaves_half_of_the_reserve_to_decisions()
    {
        using var ledger = Story.Open(_folder, _script.ToDisk(), time: _time);
        await OpenTicketAsync(ledger);
        _isFull = true;

        Assert.IsType<Outcome.Done>(await ledger.CommitAsync(Doing(0), Token));
        Assert.False(HasReserve());
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.CommitAsync(Doing(1) with { IsPersons = false }, Token));
        var done = 1;
        while (done < 100 && await Record.ExceptionAsync(async () => await ledger.CommitAsync(Doing(done), Token)) is null) done++;
        Assert.InRange(done, 1, 8);
        Assert.IsType<Outcome.Done>(await ledger.CommitAsync(Deciding(1), Token));

        _isFull = false;
        _time.Advance(TimeSpan.FromSeconds(1));
        await ledger.AppendAsync(Some.Record(), Token);
        _isFull = true;
        Assert.IsType<Outcome.Done>(await ledger.CommitAsync(Doing(200), Token));
    }

    [Fact]
    public async Task With_space_again_the_reserve_is_rebuilt_before_anything_else_is_taken()
    {
        using var ledger = Story.Open(_folder, _script.ToDisk(), time: _time);
        await OpenTicketAsync(ledger);
        _isFull = true;
        await ledger.CommitAsync(Deciding(1), Token);
        _isFull = false;

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new Position(3), await ledger.AppendAsync(Some.Record(), Token));
        Assert.True(HasReserve());
        Assert.Equal(4096, new FileInfo(Path.Combine(_folder, Reserve.FileName)).Length);
        Assert.True(ledger.Health.IsOk);
    }

    [Fact]
    public async Task It_recovers_by_itself_when_nobody_asks()
    {
        using var ledger = Story.Open(_folder, _script.ToDisk(), time: _time);
        await OpenTicketAsync(ledger);
        _isFull = true;
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.AppendAsync(Some.Record(), Token));
        _isFull = false;

        for (var i = 0; i < 3000 && !ledger.Health.IsOk; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Token);
        }

        Assert.True(ledger.Health.IsOk);
    }

    [Fact]
    public async Task A_start_on_a_full_disk_still_records_decisions()
    {
        using (var ledger = Story.Open(_folder, time: _time)) await OpenTicketAsync(ledger);
        File.Delete(Path.Combine(_folder, Reserve.FileName));
        _isFull = true;

        using var reopened = Story.Open(_folder, _script.ToDisk(), time: _time);
        Assert.False(reopened.Health.IsOk);
        Assert.IsType<Outcome.Done>(await reopened.CommitAsync(Deciding(1), Token));
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await reopened.AppendAsync(Some.Record(), Token));
    }

    [Fact]
    public async Task A_device_that_is_really_full_refuses_and_the_next_segment_takes_over()
    {
        // The next segment is /dev/full: every write to it fails with ENOSPC, from the kernel.
        using var ledger = Story.Open(_folder, time: _time);
        await ledger.AppendAsync(Some.Record(detail: new string('x', 1500)), Token);
        var next = new SegmentName(_folder, 2, 2);
        File.CreateSymbolicLink(next.Path, "/dev/full");

        var refused = await Assert.ThrowsAsync<LedgerUnavailableException>(async () =>
            await ledger.CommitAsync(new([Some.Record(detail: "refused")], []), Token));
        Assert.True(Disk.IsFull(refused.InnerException!));
        Assert.Equal(new Position(1), ledger.Durable);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new Position(2), await ledger.AppendAsync(Some.Record(detail: "after"), Token));
        Assert.True(ledger.Health.IsOk);
    }

    [Fact]
    public async Task A_segment_that_cannot_be_begun_refuses_until_it_can()
    {
        using var ledger = Story.Open(_folder, time: _time);
        await ledger.AppendAsync(Some.Record(detail: new string('x', 1500)), Token);
        var next = new SegmentName(_folder, 2, 2);
        Directory.CreateDirectory(next.Path);

        for (var i = 0; i < 3; i++)
            await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.AppendAsync(Some.Record(), Token));
        Directory.Delete(next.Path);
        Assert.Equal(new Position(2), await ledger.AppendAsync(Some.Record(), Token));
    }

    [Fact]
    public async Task A_folder_that_was_deleted_under_it_takes_nothing_any_more()
    {
        using var ledger = Story.Open(_folder, time: _time);
        await OpenTicketAsync(ledger);
        Directory.Delete(_folder, recursive: true);

        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.ReadFromAsync(Position.Start, Token).CountAsync(Token));
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.CommitAsync(Deciding(1), Token));
        Directory.CreateDirectory(_folder);
        var refused = await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.CommitAsync(Deciding(1), Token));
        Assert.Contains("is gone", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await ledger.ReadAsync(Ticket, Token))!.Revision);
    }

    private static async Task OpenTicketAsync(EmbeddedLedger ledger) => Assert.IsType<Outcome.Done>(await ledger.CommitAsync(
        new([Some.Record()], [new(Ticket, 0, default) { LiveGroup = "some-agent" }]), Token));

    private static Change Deciding(long revision) => new([Some.Record()], [new(Ticket, revision, default) { LiveGroup = "some-agent" }]);

    /// <summary>A sign-in moves nothing, and a click creates a register.</summary>
    private Change Doing(int number) => new(
        [Some.Record()], number % 2 == 0 ? [] : [new(new("turn", $"{number}"), 0, new byte[] { 1 }) { ForgetAfter = _time.GetUtcNow() + TimeSpan.FromDays(1) }])
    { IsPersons = true };

    private bool HasReserve() => File.Exists(Path.Combine(_folder, Reserve.FileName));
}
