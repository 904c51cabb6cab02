using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>The ledger as an auditor reads it, beside the writing process or after it.</summary>
internal sealed class Story(string data)
{
    public async Task<IReadOnlyList<LedgerRecord>> AllAsync()
    {
        var records = new List<LedgerRecord>();
        await foreach (var entry in LedgerReader.ReadAsync(data, new LedgerQuery(), TestContext.Current.CancellationToken)) records.Add(entry.Record);
        return records;
    }

    /// <summary>All records, once <paramref name="there"/> holds: what became of a call is recorded after its answer has gone out.</summary>
    public Task<IReadOnlyList<LedgerRecord>> AllAsync(Func<IReadOnlyList<LedgerRecord>, bool> there, string what) =>
        Eventually.GetAsync(async () => await AllAsync() is var all && there(all) ? all : null, what);

    /// <summary>The records of one ticket whose call was sent, once what became of it is among them.</summary>
    public async Task<IReadOnlyList<LedgerRecord>> OfSentAsync(string ticket)
    {
        var all = await AllAsync(records => records.Any(record => record.Ticket == ticket && IsOutcome(record)), $"the outcome of {ticket}");
        return [.. all.Where(record => record.Ticket == ticket)];
    }

    public async Task<IReadOnlyList<LedgerRecord>> OfTicketAsync(string ticket) => [.. (await AllAsync()).Where(record => record.Ticket == ticket)];

    private static bool IsOutcome(LedgerRecord record) =>
        record.Kind is RecordKind.CallExecuted or RecordKind.CallFailed or RecordKind.CallUnknown;
}
