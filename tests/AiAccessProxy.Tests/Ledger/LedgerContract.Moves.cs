using AiAccessProxy.Ledger;

namespace AiAccessProxy.Tests.Ledger;

// Conditions of a change.
public abstract partial class LedgerContract
{
    [Fact]
    public async Task A_change_appends_its_records_and_makes_its_moves_together()
    {
        await _ledger.AppendAsync(Some.Record(), Token);
        var other = new RegisterId("ticket", "t_2");

        var outcome = await _ledger.CommitAsync(
            new([Some.Record(), Some.Record()], [Opening(Ticket, "a"), Opening(other, "b")]), Token);

        Assert.Equal(new Outcome.Done(new(3), Now), outcome);
        Assert.Equal("a", await StateAsync(Ticket));
        Assert.Equal("b", await StateAsync(other));
        Assert.Equal(3, await _ledger.ReadFromAsync(Position.Start, Token).CountAsync(Token));
    }

    [Fact]
    public async Task A_register_at_another_revision_is_a_conflict_that_shows_how_it_stands_and_changes_nothing()
    {
        await DoneAsync(Opening(Ticket, "first"));
        var other = new RegisterId("ticket", "t_2");

        var outcome = await _ledger.CommitAsync(new([Some.Record()], [Opening(other, "x"), Opening(Ticket, "second")]), Token);

        var standing = Assert.IsType<Outcome.Conflict>(outcome).Standing!;
        Assert.Equal((Ticket, 1, "first", true), (standing.Id, standing.Revision, Text(standing), standing.IsLive));
        Assert.Null(await _ledger.ReadAsync(other, Token));
        Assert.Equal(1, await _ledger.ReadFromAsync(Position.Start, Token).CountAsync(Token));
    }

    [Fact]
    public async Task Moving_a_register_that_does_not_exist_is_a_conflict_with_nothing()
    {
        var outcome = await _ledger.CommitAsync(new([Some.Record()], [Opening(Ticket, "x") with { FromRevision = 3 }]), Token);

        Assert.Equal(new Outcome.Conflict(null), outcome);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task A_check_holds_only_at_its_revision(long revision, bool holds)
    {
        await DoneAsync(Opening(Ticket, "x"));

        var outcome = await _ledger.CommitAsync(new([Some.Record()], []) { Checks = [new(Ticket, revision)] }, Token);

        Assert.Equal(holds, outcome is Outcome.Done);
    }

    [Fact]
    public async Task A_check_of_revision_0_holds_while_the_register_does_not_exist()
    {
        var outcome = await _ledger.CommitAsync(new([Some.Record()], []) { Checks = [new(Ticket, 0)] }, Token);

        Assert.IsType<Outcome.Done>(outcome);
    }

    [Fact]
    public async Task A_move_is_too_late_from_its_deadline_on_by_the_stores_clock()
    {
        var deadline = Now + TimeSpan.FromMinutes(1);
        await AdvanceAsync(TimeSpan.FromMinutes(1) - TimeSpan.FromMicroseconds(1));
        await DoneAsync(Opening(Ticket, "in time") with { NotAfter = deadline });

        await AdvanceAsync(TimeSpan.FromMicroseconds(1));
        var outcome = await _ledger.CommitAsync(
            new([Some.Record()], [Opening(Ticket, "late") with { FromRevision = 1, NotAfter = deadline }]), Token);

        Assert.Equal(new Outcome.TooLate(deadline), outcome);
        Assert.Equal("in time", await StateAsync(Ticket));
    }

    [Fact]
    public async Task A_change_of_another_epoch_is_not_made()
    {
        var other = new Change([Some.Record()], [Opening(Ticket, "x")]) { Epoch = new("another run") };

        Assert.Equal(new Outcome.NewEpoch(_ledger.Epoch), await _ledger.CommitAsync(other, Token));
        Assert.Null(await _ledger.ReadAsync(Ticket, Token));
        Assert.IsType<Outcome.Done>(await _ledger.CommitAsync(other with { Epoch = _ledger.Epoch }, Token));
    }

    [Fact]
    public async Task A_change_that_no_ledger_could_make_is_refused_to_its_caller()
    {
        Change[] wrong =
        [
            new([], [Opening(Ticket, "no record")]),
            new([Some.Record()], [Opening(Ticket, "twice"), Opening(Ticket, "twice")]),
            new([Some.Record()], [Opening(Ticket, "x") with { State = new byte[(1024 * 1024) + 1] }]),
            new([Some.Record()], [Opening(Ticket, "x") with { Id = new("tick/et", "t") }]),
            new([Some.Record()], [Opening(Ticket, "x") with { Id = new("ticket", "") }]),
        ];
        foreach (var change in wrong)
            await Assert.ThrowsAsync<ArgumentException>(async () => await _ledger.CommitAsync(change, Token));
        Assert.Empty(await _ledger.ReadFromAsync(Position.Start, Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Keeping_a_live_register_alive_needs_no_record_and_survives_a_restart()
    {
        await DoneAsync(Opening(Ticket, "x"));
        var renewal = Opening(Ticket, "y") with { FromRevision = 1 };

        Assert.IsType<Outcome.Done>(await _ledger.CommitAsync(new([], [renewal]), Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _ledger.CommitAsync(new([], [Ending(Ticket, 2, "z")]), Token));
        await ReopenAsync();

        Assert.Equal("y", await StateAsync(Ticket));
        Assert.Equal(new Position(2), await _ledger.AppendAsync(Some.Record(), Token));
        Assert.Equal(2, await _ledger.ReadFromAsync(Position.Start, Token).CountAsync(Token));
    }

    [Fact]
    public async Task Of_many_changes_from_one_revision_exactly_one_is_made()
    {
        await DoneAsync(Opening(Ticket, "x"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(async () =>
            await _ledger.CommitAsync(new([Some.Record()], [Opening(Ticket, $"{i}") with { FromRevision = 1 }]), Token))));

        Assert.Single(outcomes.OfType<Outcome.Done>());
        var standing = outcomes.OfType<Outcome.Conflict>().Select(conflict => Text(conflict.Standing!)).Distinct();
        Assert.Equal([await StateAsync(Ticket)], standing);
    }

    [Fact]
    public async Task Whoever_stops_waiting_does_not_withdraw_the_change()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await _ledger.CommitAsync(new([Some.Record()], [Opening(Ticket, "x")]), cancelled.Token));

        await DoneAsync(Opening(new("ticket", "t_2"), "after"));
        Assert.Equal("x", await StateAsync(Ticket));
    }
}
