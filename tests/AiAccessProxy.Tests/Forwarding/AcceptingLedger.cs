using AiAccessProxy.Ledger;

namespace AiAccessProxy.Tests.Forwarding;

/// <summary>A ledger that takes every record and every change, so that a call can be cleared.</summary>
internal sealed class AcceptingLedger : ILedger
{
    private long _position;

    /// <summary>A clearance for the action, as the ledger would have made it.</summary>
    public async Task<Cleared> ClearAsync(string digest, bool privileged, TimeProvider time, TimeSpan? sendWithin = null)
    {
        var record = new LedgerRecord
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            Time = time.GetUtcNow(),
            Kind = privileged ? RecordKind.TicketExecuting : RecordKind.Decided,
            Instance = "test",
            Action = new() { Route = "payments", Method = "GET", Target = "/", Digest = digest },
        };
        if (!privileged) return await Cleared.AppendAsync(this, record, time, CancellationToken.None);
        var change = new Change([record], [new Move(new("ticket", "t_1"), 3, new byte[] { 1 })]);
        return (await Cleared.CommitAsync(this, change, time, sendWithin ?? TimeSpan.FromSeconds(2))).Cleared!;
    }

    public Epoch Epoch => Epoch.Only;

    public ValueTask<Position> AppendAsync(LedgerRecord record, CancellationToken cancellationToken) => new(new Position(Interlocked.Increment(ref _position)));

    public ValueTask<Outcome> CommitAsync(Change change, CancellationToken cancellationToken) =>
        new(new Outcome.Done(new(Interlocked.Increment(ref _position)), change.Records[0].Time));

    public ValueTask<Register?> ReadAsync(RegisterId id, CancellationToken cancellationToken) => new((Register?)null);

    public ValueTask<Register?> FindAsync(UniqueKey key, CancellationToken cancellationToken) => new((Register?)null);

    public IAsyncEnumerable<Register> DueAsync(string kind, DateTimeOffset before, CancellationToken cancellationToken) => AsyncEnumerable.Empty<Register>();

    public IAsyncEnumerable<Register> LiveAsync(string kind, string? group, CancellationToken cancellationToken) => AsyncEnumerable.Empty<Register>();

    public ValueTask<int> LiveCountAsync(string kind, string group, CancellationToken cancellationToken) => new(0);

    public IAsyncEnumerable<Entry> ReadFromAsync(Position after, CancellationToken cancellationToken) => AsyncEnumerable.Empty<Entry>();

    public IAsyncEnumerable<RegisterId> ChangesAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<RegisterId>();
}
