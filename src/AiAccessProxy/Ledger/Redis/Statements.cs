using StackExchange.Redis;

namespace AiAccessProxy.Ledger.Redis;

/// <summary>What all writers say of their numbers, in one hash of Redis; ours is said anew when there is something new.</summary>
internal sealed class Statements(Store store, StatementSeal seals, Writer writer, RedisAlarms alarms)
{
    private readonly RedisKey _key = store.Key("writers");
    private long? _began;
    private Statement? _last;

    /// <exception cref="LedgerUnavailableException">Redis does not answer.</exception>
    public async Task<IReadOnlyList<Statement>> ReadAsync()
    {
        var flat = (RedisResult[])await store.AskAsync("HGETALL", _key);
        var said = new List<Statement>();
        for (var i = 0; i + 1 < flat.Length; i += 2)
        {
            if (seals.Open((string)flat[i + 1]) is { } one && one.Writer == (string)flat[i]) said.Add(one);
            else alarms.Tampered($"The statement of writer {(string)flat[i]}", "was not written by any instance, or changed since");
        }

        return said;
    }

    /// <param name="at">Up to where the stream was read.</param>
    /// <exception cref="LedgerUnavailableException">Redis does not answer.</exception>
    public async Task WriteAsync(long at)
    {
        _began ??= at;
        var next = writer.Numbers.Say(writer.Name, _began.Value, at);
        if (_last is { } last && (last.Highest, last.Settled) == (next.Highest, next.Settled)) return;
        await store.AskAsync("HSET", _key, writer.Name, seals.Close(next));
        _last = next;
    }
}
