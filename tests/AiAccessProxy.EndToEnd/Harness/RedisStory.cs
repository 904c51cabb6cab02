using System.Globalization;
using System.Text;
using AiAccessProxy.Ledger;
using AiAccessProxy.Tests.Ledger.Redis;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>The records as they lie in Redis, by <c>redis-cli XRANGE</c>: what the proxies say of them is asked nowhere.</summary>
internal static class RedisStory
{
    private const string Records = "{ai-access}:records";

    public static async Task<IReadOnlyList<Entry>> AllAsync(RedisServer redis)
    {
        var lines = (await redis.CliAsync("XRANGE", Records, "-", "+")).Split('\n');
        var (entries, at) = (new List<Entry>(), 0);
        while (at < lines.Length && lines[at].EndsWith("-0", StringComparison.Ordinal))
        {
            var position = long.Parse(lines[at++][..^2], CultureInfo.InvariantCulture);
            var fields = new Dictionary<string, string>(StringComparer.Ordinal);
            for (; at + 1 < lines.Length && !lines[at].EndsWith("-0", StringComparison.Ordinal); at += 2) fields.Add(lines[at], lines[at + 1]);
            var record = Encoding.UTF8.GetBytes(fields["record"]);
            var stored = DateTimeOffset.UnixEpoch + TimeSpan.FromMicroseconds(long.Parse(fields["stored"], CultureInfo.InvariantCulture));
            entries.Add(new(new(position), stored, RecordJson.Read(record), record));
        }

        return entries;
    }

    /// <summary>
    /// Nothing came to the upstream that is not on record, nothing that waits for people came twice, and all that was acknowledged is on record.
    /// </summary>
    /// <param name="acknowledged">Targets of calls that were answered by the upstream.</param>
    public static void Judge(IReadOnlyList<Entry> entries, RawUpstream upstream, IEnumerable<string> acknowledged)
    {
        var decided = entries.Where(entry => entry.Record is { Kind: RecordKind.Decided, Decision: "allow" }).Select(TargetOf).CountBy(target => target).ToDictionary();
        var executing = entries.Where(entry => entry.Record.Kind == RecordKind.TicketExecuting).Select(TargetOf).CountBy(target => target).ToDictionary();
        foreach (var (call, times) in upstream.Requests.CountBy(request => (request.Method, request.Target)))
        {
            var recorded = (call.Method == "GET" ? decided : executing).GetValueOrDefault(call.Target);
            Assert.True(times <= recorded, $"{call} came {times} times, and is on record {recorded} times");
            Assert.True(call.Method == "GET" || times == 1, $"{call} came {times} times");
        }

        foreach (var target in acknowledged) Assert.True(decided.ContainsKey(target) || executing.ContainsKey(target), $"{target} was answered and is not on record");
    }

    public static string TargetOf(Entry entry) => entry.Record.Action?.Target ?? "";
}
