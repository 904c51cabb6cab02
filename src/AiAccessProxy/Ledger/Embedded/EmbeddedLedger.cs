using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace AiAccessProxy.Ledger.Embedded;

/// <summary>The ledger in a folder: one writing process, any number of readers (<see cref="LedgerReader"/>).</summary>
internal sealed class EmbeddedLedger : ILedger, IDisposable
{
    private readonly OpenFolder _folder;
    private readonly GroupCommit _commit;
    private readonly LedgerWriter _writer;
    private readonly string _path;

    private EmbeddedLedger(OpenFolder folder, LedgerOptions options, ILogger log)
    {
        (_folder, _path) = (folder, options.Folder);
        _commit = new(folder, options, log);
        _writer = new(_commit, folder.Time, options.FlushAfter);
    }

    public Epoch Epoch => Epoch.Only;

    public LedgerHealth Health => _folder.Health;

    /// <summary>The last position that is on disk.</summary>
    public Position Durable => _commit.Durable;

    /// <exception cref="LedgerRefusedException">The folder cannot be opened as it stands; the message says what to do.</exception>
    public static EmbeddedLedger Open(LedgerOptions options, TimeProvider time, ILogger<EmbeddedLedger> log, Disk? disk = null)
    {
        var folder = OpenFolder.Open(options, time, disk ?? new Disk(), log);
        return new(folder, options, log);
    }

    public async ValueTask<Position> AppendAsync(LedgerRecord record, CancellationToken cancellationToken)
    {
        var asked = _folder.Time.GetTimestamp();
        var position = await _writer.HandOver(new Waiting.Append(RecordJson.Write(record))).WaitAsync(cancellationToken);
        LedgerSignals.Appended(_folder.Time.GetElapsedTime(asked));
        return position;
    }

    public async ValueTask<Outcome> CommitAsync(Change change, CancellationToken cancellationToken)
    {
        ChangeShape.Validate(change);
        var asked = _folder.Time.GetTimestamp();
        var stored = change.Records.Select(RecordJson.Write).ToList();
        var outcome = await _writer.HandOver(new Waiting.Commit(change, stored)).WaitAsync(cancellationToken);
        if (outcome is Outcome.Done) LedgerSignals.Committed(_folder.Time.GetElapsedTime(asked));
        return outcome;
    }

    public ValueTask<Register?> ReadAsync(RegisterId id, CancellationToken cancellationToken) => new(_commit.Book.Read(id, _folder.Clock.Now));

    public ValueTask<Register?> FindAsync(UniqueKey key, CancellationToken cancellationToken) => new(_commit.Book.Find(key, _folder.Clock.Now));

    public IAsyncEnumerable<Register> DueAsync(string kind, DateTimeOffset before, CancellationToken cancellationToken) =>
        _commit.Book.Due(kind, before, _folder.Clock.Now).ToAsyncEnumerable();

    public IAsyncEnumerable<Register> LiveAsync(string kind, string? group, CancellationToken cancellationToken) =>
        _commit.Book.Live(kind, group).ToAsyncEnumerable();

    public ValueTask<int> LiveCountAsync(string kind, string group, CancellationToken cancellationToken) => new(_commit.Book.LiveCount(kind, group));

    /// <summary>Brings what is there to disk first: what a failed fsync takes back was never shown.</summary>
    public async IAsyncEnumerable<Entry> ReadFromAsync(Position after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_commit.Shown != _commit.Durable)
        {
            try
            {
                await _writer.HandOver(new Waiting.Flush()).WaitAsync(cancellationToken);
            }
            catch (LedgerUnavailableException)
            {
                // What is on disk can still be read.
            }
        }

        await using var entries = LedgerReader.ReadAsync(_path, after, _commit.Durable.Number, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(entries)) yield return entries.Current;
    }

    public IAsyncEnumerable<RegisterId> ChangesAsync(CancellationToken cancellationToken) => _commit.Hints.Listen(cancellationToken);

    public void Dispose()
    {
        _writer.Dispose();
        _commit.Hints.Close();
        _folder.Dispose();
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<Entry> entries)
    {
        try
        {
            return await entries.MoveNextAsync();
        }
        catch (Exception e) when (Disk.IsFailure(e))
        {
            throw new LedgerUnavailableException($"The ledger cannot be read: {e.Message}", e);
        }
    }
}
