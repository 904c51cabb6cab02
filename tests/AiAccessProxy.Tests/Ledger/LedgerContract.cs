using System.Text;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Tests.Ledger;

/// <summary>What every ledger does, whatever it stores in.</summary>
public abstract partial class LedgerContract : IAsyncLifetime
{
    private static readonly RegisterId Ticket = new("ticket", "t_1");
    private ILedger _ledger = null!;

    /// <summary>The store's clock: it moves only when told.</summary>
    private protected ManualTime Time { get; } = new();

    private protected ILedger Ledger => _ledger;

    private DateTimeOffset Now => Time.GetUtcNow();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _ledger = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync(_ledger);
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<ILedger> OpenAsync();

    private protected abstract ValueTask CloseAsync(ILedger ledger);

    private protected virtual Task AdvanceAsync(TimeSpan by)
    {
        Time.Advance(by);
        return Task.CompletedTask;
    }

    private async Task ReopenAsync()
    {
        await CloseAsync(_ledger);
        _ledger = await OpenAsync();
    }

    [Fact]
    public async Task Records_stand_at_positions_without_gaps_in_the_order_in_which_they_were_appended()
    {
        for (var i = 1; i <= 5; i++) Assert.Equal(new Position(i), await _ledger.AppendAsync(Some.Record(detail: $"{i}"), Token));

        var entries = await _ledger.ReadFromAsync(Position.Start, Token).ToListAsync(Token);
        Assert.Equal([1, 2, 3, 4, 5], entries.Select(entry => entry.Position.Number));
        Assert.Equal(["1", "2", "3", "4", "5"], entries.Select(entry => entry.Record.Detail));
    }

    [Fact]
    public async Task Reading_starts_after_the_position_that_is_given()
    {
        for (var i = 1; i <= 5; i++) await _ledger.AppendAsync(Some.Record(), Token);

        Assert.Equal([4, 5], await _ledger.ReadFromAsync(new(3), Token).Select(entry => entry.Position.Number).ToListAsync(Token));
        Assert.Empty(await _ledger.ReadFromAsync(new(5), Token).ToListAsync(Token));
        Assert.Empty(await _ledger.ReadFromAsync(new(50), Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_record_comes_back_as_it_was_and_with_the_stores_time()
    {
        var record = Some.Record() with
        {
            Agent = new("billing-bot", "person:ada", "person:joan", "key:k1"),
            Action = new() { Name = "payment.refund", Route = "payments", Method = "POST", Target = "/v1/charges?a=1&b=ü", BodyBytes = 12 },
            Rules = ["refund-large"],
            Claims = new Dictionary<string, string> { ["reason"] = "line\nbreak \u2028 \"quoted\" </script>" },
            Outcome = new(200, 17, 1.5, true),
        };
        await _ledger.AppendAsync(record, Token);

        var entry = Assert.Single(await _ledger.ReadFromAsync(Position.Start, Token).ToListAsync(Token));
        Assert.Equal(RecordJson.Write(record), RecordJson.Write(entry.Record));
        Assert.Equal(RecordJson.Write(record), entry.Stored.ToArray());
        Assert.Equal(Now, entry.StoredAt);
    }

    [Fact]
    public async Task A_state_of_1_MiB_is_kept_whatever_its_bytes()
    {
        var state = new byte[1024 * 1024];
        for (var i = 0; i < state.Length; i++) state[i] = (byte)i;
        await DoneAsync(Opening(Ticket, "") with { State = state });
        await ReopenAsync();
        Assert.Equal(state, (await _ledger.ReadAsync(Ticket, Token))!.State.ToArray());
        await DoneAsync(Ending(Ticket, 1, "") with { State = state });
        await ReopenAsync();
        Assert.Equal(state, (await _ledger.ReadAsync(Ticket, Token))!.State.ToArray());
    }

    [Fact]
    public async Task The_stores_clock_never_goes_back_not_even_over_a_restart()
    {
        await _ledger.AppendAsync(Some.Record(), Token);
        var first = Now;
        await AdvanceAsync(-TimeSpan.FromHours(1));
        await _ledger.AppendAsync(Some.Record(), Token);
        await ReopenAsync();
        await _ledger.AppendAsync(Some.Record(), Token);

        var times = await _ledger.ReadFromAsync(Position.Start, Token).Select(entry => entry.StoredAt).ToListAsync(Token);
        Assert.Equal([first, first, first], times);
    }

    [Fact]
    public async Task Everything_is_there_again_after_a_restart()
    {
        var (key, old) = (new UniqueKey("digest"), new UniqueKey("old"));
        var due = Now + TimeSpan.FromMinutes(5);
        var ended = new RegisterId("ticket", "t_0");
        await DoneAsync(Opening(ended, "secret"));
        await DoneAsync(Ending(ended, 1, "over") with { Unique = [new(old)], ForgetAfter = due });
        await DoneAsync(Opening(Ticket, "{\"a\":1}") with { Unique = [new(key)], Due = due });
        await _ledger.AppendAsync(Some.Record(), Token);

        await ReopenAsync();

        Assert.Equal("{\"a\":1}", await StateAsync(Ticket));
        Assert.Equal(Ticket, (await _ledger.FindAsync(key, Token))!.Id);
        Assert.Equal((2, false), (await _ledger.FindAsync(old, Token)) is { } found ? (found.Revision, found.IsLive) : default);
        Assert.Equal(["t_1"], await KeysAsync(_ledger.DueAsync("ticket", due, Token)));
        Assert.Equal(["t_1"], await KeysAsync(_ledger.LiveAsync("ticket", "some-agent", Token)));
        Assert.Equal(new Position(5), await _ledger.AppendAsync(Some.Record(), Token));
        Assert.Equal(5, await _ledger.ReadFromAsync(Position.Start, Token).CountAsync(Token));
        await AdvanceAsync(TimeSpan.FromMinutes(5));
        Assert.Null(await _ledger.FindAsync(old, Token));
    }

    [Fact]
    public async Task Who_listens_hears_of_registers_that_move_from_then_on()
    {
        await DoneAsync(Opening(new("ticket", "before"), "x"));
        var hints = _ledger.ChangesAsync(Token).GetAsyncEnumerator(Token);
        await DoneAsync(Opening(Ticket, "x"));

        // A hint of what moved before may come late.
        do Assert.True(await hints.MoveNextAsync());
        while (hints.Current == new RegisterId("ticket", "before"));
        Assert.Equal(Ticket, hints.Current);
        await hints.DisposeAsync();
    }

    private protected static Move Opening(RegisterId id, string state) =>
        new(id, 0, Encoding.UTF8.GetBytes(state)) { LiveGroup = "some-agent" };

    private protected static Move Ending(RegisterId id, long revision, string state) => new(id, revision, Encoding.UTF8.GetBytes(state));

    private async Task DoneAsync(Move move) => Assert.IsType<Outcome.Done>(await _ledger.CommitAsync(new([Some.Record()], [move]), Token));

    private async Task<string> StateAsync(RegisterId id) => Text((await _ledger.ReadAsync(id, Token))!);

    private static string Text(Register register) => Encoding.UTF8.GetString(register.State.Span);

    private static async Task<List<string>> KeysAsync(IAsyncEnumerable<Register> registers) =>
        await registers.Select(register => register.Id.Key).Order(StringComparer.Ordinal).ToListAsync(Token);
}
