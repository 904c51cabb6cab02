using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AiAccessProxy.Ledger.Redis.Connecting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace AiAccessProxy.Ledger.Redis;

/// <summary>The ledger in Redis: a stream and registers, many instances. The store is not trusted; see <c>docs/redis.md</c>.</summary>
internal sealed class RedisLedger : ILedger, IDisposable
{
    private const int ListedAtOnce = 64;
    private const int ReadAtOnce = 256;

    private readonly Parts _parts;
    private readonly TimeProvider _time;
    private readonly Hints _hints = new();
    private readonly Keeping _keeping;

    private RedisLedger(Parts parts, LedgerHealth health, TimeProvider time)
    {
        (_parts, Health, _time) = (parts, health, time);
        _parts.Following.Moved += _hints.Tell;
        _keeping = new(parts.Store, parts.Following, parts.Statements, time) { Alarms = parts.Alarms, Fitness = parts.Fitness };
    }

    public Epoch Epoch => _parts.Store.Epoch;

    public LedgerHealth Health { get; }

    /// <summary>Up to where the stream was followed.</summary>
    public long ReadUpTo => _parts.Following.High;

    /// <summary>How long it is since it was followed to its end.</summary>
    public TimeSpan Lag => _keeping.Lag;

    /// <summary>How often it was looked how the store stands.</summary>
    public long Looks => _keeping.Looks;

    /// <summary>Begins to follow the stream from where it ends now.</summary>
    /// <param name="wrong">What is wrong with the server that answers by then; null when nothing. Asked again after failovers.</param>
    /// <exception cref="LedgerUnavailableException">Redis does not answer.</exception>
    public static async Task<RedisLedger> OpenAsync(
        RedisConnection redis, RedisOptions options, TimeProvider time, ILogger log, LedgerHealth? health = null, Scripts? scripts = null,
        Func<Task<string?>>? wrong = null)
    {
        var keys = new SealKeys(options.Secrets, options.Prefix);
        var known = health ?? new LedgerHealth();
        var alarms = new RedisAlarms(known, time, log);
        var fitness = new Fitness(wrong ?? (() => Task.FromResult<string?>(null)), alarms, time);
        var parts = Parts.Of(new(redis, scripts ?? Scripts.Real, alarms, time) { Unfit = () => fitness.Wrong }, keys, alarms, time) with { Fitness = fitness };
        var ledger = new RedisLedger(parts, known, time);
        var said = await parts.Statements.ReadAsync();
        var (tip, _) = await parts.Store.ReadAsync([], wantsRun: true);
        parts.Following.Begin(tip.Last, said);
        fitness.Begin(parts.Store.Epoch);
        await parts.Statements.WriteAsync(parts.Following.High);
        await parts.Store.ListenAsync(ledger.Heard);
        ledger._keeping.Begin();
        return ledger;
    }

    public async ValueTask<Position> AppendAsync(LedgerRecord record, CancellationToken cancellationToken)
    {
        var asked = _time.GetTimestamp();
        var outcome = await MakeAsync(new([record], []), cancellationToken);
        LedgerSignals.Appended(_time.GetElapsedTime(asked));
        return ((Outcome.Done)outcome).Last;
    }

    public async ValueTask<Outcome> CommitAsync(Change change, CancellationToken cancellationToken)
    {
        ChangeShape.Validate(change);
        var asked = _time.GetTimestamp();
        var outcome = await MakeAsync(change, cancellationToken);
        if (outcome is Outcome.Done) LedgerSignals.Committed(_time.GetElapsedTime(asked));
        return outcome;
    }

    public async ValueTask<Register?> ReadAsync(RegisterId id, CancellationToken cancellationToken) =>
        RegisterOf((await BoundedAsync(_parts.Verifying.ReadAsync([id.ToString()]), cancellationToken))[0]);

    /// <summary>The stream tells which of them moved; only those are read.</summary>
    public async IAsyncEnumerable<Register> ReadMovedAsync(
        IReadOnlyCollection<Seen> known, bool upToNow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (upToNow) await BoundedAsync(_parts.Verifying.CatchUpAsync(), cancellationToken);
        var revisions = known.ToDictionary(one => one.Id.ToString(), one => one.Revision, StringComparer.Ordinal);
        var moved = revisions.Where(one => _parts.Following.Marks.Of(one.Key) is not { } mark || mark.Revision > one.Value).Select(one => one.Key);
        await foreach (var register in ListAsync([.. moved], cancellationToken))
            if (register.Header.Revision > revisions[register.Header.Id]) yield return RegisterOf(register)!;
    }

    public async ValueTask<Register?> FindAsync(UniqueKey key, CancellationToken cancellationToken) =>
        RegisterOf(await BoundedAsync(_parts.Verifying.FindAsync(key), cancellationToken));

    public async IAsyncEnumerable<Register> DueAsync(string kind, DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var upTo = Micros.UpTo(before);
        var keys = await BoundedAsync(_parts.Store.AskAsync("ZRANGEBYSCORE", _parts.Store.Key($"due:{kind}"), "-inf", upTo), cancellationToken);
        await foreach (var register in ListAsync(kind, keys, cancellationToken))
            if (register.Header.Due <= upTo) yield return RegisterOf(register)!;
    }

    public async IAsyncEnumerable<Register> LiveAsync(string kind, string? group, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var name = group is null ? $"live:{kind}" : $"live:{kind}/{group}";
        var keys = await BoundedAsync(_parts.Store.AskAsync("SMEMBERS", _parts.Store.Key(name)), cancellationToken);
        await foreach (var register in ListAsync(kind, keys, cancellationToken))
            if (register.Header.IsLive && (group is null || register.Header.Group == group)) yield return RegisterOf(register)!;
    }

    public async ValueTask<int> LiveCountAsync(string kind, string group, CancellationToken cancellationToken) =>
        (int)await BoundedAsync(_parts.Store.AskAsync("SCARD", _parts.Store.Key($"live:{kind}/{group}")), cancellationToken);

    public async IAsyncEnumerable<Entry> ReadFromAsync(Position after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (tip, _) = await BoundedAsync(_parts.Store.ReadAsync([]), cancellationToken);
        var repeats = new Repeats();
        for (var at = after.Number; at < tip.Last;)
        {
            var entries = await BoundedAsync(_parts.Store.RangeAsync(at, tip.Last, ReadAtOnce), cancellationToken);
            foreach (var entry in entries)
            {
                if (entry.Position.Number <= at) continue;
                at = entry.Position.Number;
                if (EntryOf(entry, repeats) is { } read) yield return read;
            }

            if (entries.Count < ReadAtOnce) yield break;
        }
    }

    public IAsyncEnumerable<RegisterId> ChangesAsync(CancellationToken cancellationToken) => _hints.Listen(cancellationToken);

    public void Dispose()
    {
        _keeping.Dispose();
        _parts.Following.Dispose();
        _hints.Close();
    }

    internal static Register? RegisterOf(OpenRegister? opened) => opened is null
        ? null
        : new(Following.IdOf(opened.Header.Id), opened.Header.Revision, opened.State, opened.Header.IsLive);

    /// <summary>Sends at once, before anything is waited for: changes are made in the order in which they are asked for.</summary>
    private Task<Outcome> MakeAsync(Change change, CancellationToken cancellationToken) => BoundedAsync(
        _parts.Committing.CommitAsync(change, () => _parts.Seal(change)), cancellationToken);

    private IAsyncEnumerable<OpenRegister> ListAsync(string kind, RedisResult keys, CancellationToken cancellationToken) =>
        ListAsync([.. ((string[])keys).Select(key => new RegisterId(kind, key).ToString())], cancellationToken);

    private async IAsyncEnumerable<OpenRegister> ListAsync(string[] all, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var names in all.Chunk(ListedAtOnce))
        {
            IReadOnlyList<OpenRegister?> found;
            try
            {
                found = await BoundedAsync(_parts.Verifying.ReadAsync(names), cancellationToken);
            }
            catch (LedgerUnavailableException) when (Health.IsOk)
            {
                // One of them was altered, and the alarm is raised; it must not hide the others.
                found = await OneByOneAsync(names, cancellationToken);
            }

            foreach (var register in found) if (register is not null) yield return register;
        }
    }

    private async Task<IReadOnlyList<OpenRegister?>> OneByOneAsync(string[] names, CancellationToken cancellationToken)
    {
        var found = new List<OpenRegister?>();
        foreach (var name in names)
        {
            try
            {
                found.AddRange(await BoundedAsync(_parts.Verifying.ReadAsync([name]), cancellationToken));
            }
            catch (LedgerUnavailableException) when (Health.IsOk)
            {
                found.Add(null);
            }
        }

        return found;
    }

    private Entry? EntryOf(StreamEntry entry, Repeats repeats)
    {
        if (_parts.Following.Open(entry) is not { } writer || _parts.Following.IsRepeat(entry, writer, repeats)) return null;
        try
        {
            var record = RecordJson.Read(entry.Record);
            if (!NamedFields.Agree(entry, record)) _parts.Alarms.Tampered($"The record at {entry.Id}", "has fields beside it that say something else");
            return new(entry.Position, Micros.Time(entry.StoredAt), record, entry.Record);
        }
        catch (JsonException)
        {
            _parts.Alarms.Tampered($"The record at {entry.Id}", "cannot be read");
            return null;
        }
    }

    private void Heard(RedisValue message)
    {
        try
        {
            _ = HeardAsync(JsonSerializer.Deserialize<string?[]>((string)message ?? "[]") is { } hint ? [.. hint.OfType<string>()] : []);
        }
        catch (JsonException)
        {
            // Somebody else published; a hint is worth nothing anyway.
        }
    }

    /// <summary>Looks what the stream says of it before anybody is told.</summary>
    /// <param name="hint">Names of registers, and the last position after they moved.</param>
    private async Task HeardAsync(string[] hint)
    {
        try
        {
            foreach (var word in hint)
                if (long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var position)) await _parts.Following.LookAsync(position);
        }
        catch (LedgerUnavailableException)
        {
            // It is read on in half a second anyway.
        }

        _hints.Tell([.. hint.Where(name => name.Contains('/', StringComparison.Ordinal)).Select(Following.IdOf)]);
    }

    /// <summary>The whole answer within two seconds, whatever Redis does; what is still under way is not withdrawn.</summary>
    private async Task<T> BoundedAsync<T>(Task<T> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work.WaitAsync(Committing.Patience, _time, cancellationToken);
        }
        catch (TimeoutException late)
        {
            _ = work.ContinueWith(one => _ = one.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw _parts.Alarms.Unavailable("Redis did not answer in time.", late);
        }
    }

    /// <summary>What the ledger is made of.</summary>
    private sealed record Parts(Store Store, RegisterSeal Seals, Writer Writer, Following Following)
    {
        public required RedisAlarms Alarms { get; init; }

        public required Verifying Verifying { get; init; }

        public required Committing Committing { get; init; }

        public required Statements Statements { get; init; }

        public Fitness Fitness { get; init; } = null!;

        public static Parts Of(Store store, SealKeys keys, RedisAlarms alarms, TimeProvider time)
        {
            var (registers, records) = (new RegisterSeal(keys), new RecordSeal(keys));
            var following = new Following(store, records, alarms);
            var writer = new Writer(records, new());
            var verifying = new Verifying(store, registers, following, alarms);
            return new(store, registers, writer, following)
            {
                Alarms = alarms,
                Verifying = verifying,
                Committing = new(store, following, verifying, writer.Numbers) { Time = time, Alarms = alarms },
                Statements = new(store, new(keys), writer, alarms),
            };
        }

        public SealedChange Seal(Change change) => SealedChange.Of(
            change, Writer, Seals, Following, (Store.Epoch, Store.ServerNow + (long)Committing.GoodFor.TotalMicroseconds));
    }
}
