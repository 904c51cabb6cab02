using System.Globalization;
using System.Text;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Redis;
using AiAccessProxy.Ledger.Redis.Connecting;
using StackExchange.Redis;

namespace AiAccessProxy.Tests.Ledger.Redis;

/// <summary>Somebody who can write whatever they like into Redis, knows the format, has watched everything, and lacks the secret only.</summary>
internal sealed class StoreAttacks(RedisConnection redis, string prefix)
{
    private static readonly string[] Fields = ["revision", "live", "group", "due", "forget", "keys", "sealed"];

    /// <summary>A register as it lies there now.</summary>
    public async Task<byte[][]> TakeAsync(RegisterId id) =>
        (byte[][])await AskAsync("HMGET", [Key(id), .. Fields]);

    public async Task PutAsync(RegisterId id, byte[][] taken)
    {
        await AskAsync("DEL", Key(id));
        await AskAsync("HSET", [Key(id), .. Fields.Zip(taken).SelectMany(pair => new object[] { pair.First, pair.Second ?? [] })]);
    }

    public Task DeleteAsync(RegisterId id) => AskAsync("DEL", Key(id));

    public Task SetAsync(RegisterId id, string field, object value) => AskAsync("HSET", Key(id), field, value);

    public Task PointAsync(string key, RegisterId id) => AskAsync("HSET", Key("unique"), key, id.ToString());

    public async Task<List<(string Id, object[] Fields)>> RecordsAsync() =>
        [.. ((RedisResult[])await AskAsync("XRANGE", Key("records"), "-", "+")).Select(entry => (RedisResult[])entry)
            .Select(entry => ((string)entry[0], ((RedisResult[])entry[1]).Select(part => (object)(byte[])part).ToArray()))];

    /// <summary>At the end of the stream, so that the store goes on behind it.</summary>
    public async Task AppendAsync(object[] fields)
    {
        var last = long.Parse((string)await AskAsync("HGET", Key("state"), "last"), CultureInfo.InvariantCulture) + 1;
        await AskAsync("XADD", [Key("records"), $"{last}-0", .. fields]);
        await AskAsync("HSET", Key("state"), "last", last);
    }

    /// <summary>As if the last record had never been: the next takes its position.</summary>
    public async Task ForgetLastAsync()
    {
        var entries = await RecordsAsync();
        await RewriteAsync(entries.SkipLast(1));
        await AskAsync("HSET", Key("state"), "last", entries.Count - 1);
    }

    public Task TakeOutAsync(long position) => AskAsync("XDEL", Key("records"), $"{position}-0");

    /// <summary>The whole stream anew, with other entries.</summary>
    public async Task RewriteAsync(IEnumerable<(string Id, object[] Fields)> entries)
    {
        await AskAsync("DEL", Key("records"));
        foreach (var (id, fields) in entries) await AskAsync("XADD", [Key("records"), id, .. fields]);
    }

    /// <summary>Entries with the value of one field replaced.</summary>
    public static object[] With(object[] fields, string name, string value)
    {
        var changed = (object[])fields.Clone();
        for (var i = 0; i + 1 < changed.Length; i += 2)
            if (Encoding.UTF8.GetString((byte[])changed[i]) == name) changed[i + 1] = Encoding.UTF8.GetBytes(value);
        return changed;
    }

    /// <summary>An envelope that its writer sealed and that was never made: what a refused vote leaves on the wire.</summary>
    public static byte[] Refused(RegisterId id, long revision, string state, string secret, string ledger) =>
        new RegisterSeal(new SealKeys([secret], ledger))
            .Close(new(id.ToString(), revision, 0, id.Key, null, null, []), Encoding.UTF8.GetBytes(state)).Envelope;

    private object Key(RegisterId id) => Key($"register:{id}");

    private object Key(string name) => $"{{{prefix}}}:{name}";

    private async Task<RedisResult> AskAsync(string command, params object[] arguments) =>
        Assert.IsType<RedisReply.Answered>(await redis.AskAsync(command, arguments)).Result;
}
