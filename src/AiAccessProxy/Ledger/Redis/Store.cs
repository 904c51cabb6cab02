using AiAccessProxy.Ledger.Redis.Connecting;
using StackExchange.Redis;

namespace AiAccessProxy.Ledger.Redis;

/// <summary>
/// The scripts and the stream, asked through the one connection. It knows how far the server's clock is from ours, so that every change says
/// by when it is void: one that waited in a stopped server is not made late.
/// </summary>
internal sealed class Store(RedisConnection redis, Scripts scripts, RedisAlarms alarms, TimeProvider time)
{
    private readonly RedisKey[] _records = [redis.Keys.Of("records")];
    private long _server;
    private long _seen;
    private Epoch _epoch;

    /// <summary>As the last answer that said so.</summary>
    public Epoch Epoch => _epoch;

    public RedisChannel Hints => redis.Keys.Channel("hints");

    /// <summary>The server's clock as it must be by now, at least; microseconds since 1970.</summary>
    public long ServerNow => Interlocked.Read(ref _server) + (long)time.GetElapsedTime(Interlocked.Read(ref _seen)).TotalMicroseconds;

    /// <summary>Why nothing must be recorded by this server; null when it may be.</summary>
    public required Func<string?> Unfit { get; init; }

    public RedisKey Key(string name) => redis.Keys.Of(name);

    public Task ListenAsync(Action<RedisValue> heard) => redis.ListenAsync(Hints, heard);

    /// <summary>The reply to a change as it came, for what it means to whoever asked.</summary>
    public async Task<RedisReply> CommitAsync(RedisValue[] arguments)
    {
        if (Unfit() is { } why) return new RedisReply.NotSent(why);
        var reply = await redis.RunAsync(scripts.Commit, _records, arguments);
        if (reply is RedisReply.Answered(var result)) Saw(Tip.Of((RedisResult[])result, 1));
        return reply;
    }

    /// <summary>Registers as they stand at one moment; a name, or <c>=</c> and a unique key.</summary>
    public async Task<(Tip Tip, IReadOnlyList<FoundRegister> Found)> ReadAsync(IReadOnlyList<string> names, bool wantsRun = false)
    {
        var answer = (RedisResult[])Answer(await redis.RunAsync(scripts.Read, _records, [wantsRun ? "run" : "", .. names.Select(name => (RedisValue)name)]));
        var tip = Tip.Of(answer, 0);
        Saw(tip);
        var found = new List<FoundRegister>();
        for (var at = 4; at + 2 < answer.Length; at += 3) found.Add(new((string)answer[at], (string)answer[at + 1], (byte[])answer[at + 2]));
        return (tip, found);
    }

    /// <summary>Entries of the stream after one position and up to another.</summary>
    public async Task<IReadOnlyList<StreamEntry>> RangeAsync(long after, long upTo, int count) =>
        StreamEntry.Of(await AskAsync("XRANGE", _records[0], $"({after}-0", $"{upTo}", "COUNT", count));

    /// <exception cref="LedgerUnavailableException">No answer.</exception>
    public async Task<RedisResult> AskAsync(string command, params object[] arguments) => Answer(await redis.AskAsync(command, arguments));

    /// <summary>Why there is no answer, for whoever asked; the probes say so, too.</summary>
    public LedgerUnavailableException Unavailable(RedisReply reply) => alarms.Unavailable($"Redis at {redis.Where} {RedisRefusal.Of(reply)}");

    private RedisResult Answer(RedisReply reply)
    {
        if (reply is not RedisReply.Answered(var result)) throw Unavailable(reply);
        return result;
    }

    private void Saw(Tip tip)
    {
        Interlocked.Exchange(ref _server, tip.Server);
        Interlocked.Exchange(ref _seen, time.GetTimestamp());
        if (tip.Run.Length == 0 || tip.Run == _epoch.Value) return;
        var before = _epoch;
        _epoch = new(tip.Run);
        if (before.Value is { Length: > 0 }) alarms.NewEpoch(before, _epoch);
    }
}
