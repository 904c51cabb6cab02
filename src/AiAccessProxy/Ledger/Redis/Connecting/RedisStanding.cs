using System.Globalization;
using StackExchange.Redis;

namespace AiAccessProxy.Ledger.Redis.Connecting;

/// <summary>What a Redis says of itself and that the ledger depends on.</summary>
/// <param name="AppendOnly">And the next two: as <c>CONFIG GET</c> has them; null where Redis does not tell.</param>
/// <param name="Skew">How far its clock is ahead of ours; negative: behind.</param>
internal sealed record RedisStanding(
    Version? Version, string? Role, string? AppendOnly, string? AppendFsync, string? Eviction, TimeSpan Skew)
{
    /// <summary>The run of the server; another after each start, and another for each replica.</summary>
    public string RunId { get; init; } = "";

    /// <exception cref="LedgerRefusedException">It does not answer.</exception>
    public static async Task<RedisStanding> ReadAsync(RedisConnection redis, TimeProvider time)
    {
        var info = Lines(await AnswerAsync(redis, "INFO"));
        var asked = time.GetUtcNow();
        var clock = (RedisValue[])await AnswerAsync(redis, "TIME");
        var middle = asked + ((time.GetUtcNow() - asked) / 2);
        var theirs = DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds((long)clock[0]) + TimeSpan.FromMicroseconds((long)clock[1]);
        return new(
            Version.TryParse(info.GetValueOrDefault("redis_version"), out var version) ? version : null,
            info.GetValueOrDefault("role"),
            await SettingAsync(redis, "appendonly"), await SettingAsync(redis, "appendfsync"), await SettingAsync(redis, "maxmemory-policy"),
            theirs - middle)
        {
            RunId = info.GetValueOrDefault("run_id", ""),
        };
    }

    private static Dictionary<string, string> Lines(RedisResult info) => ((string)info).Split('\n', StringSplitOptions.TrimEntries)
        .Select(line => line.Split(':', 2)).Where(parts => parts.Length == 2)
        .GroupBy(parts => parts[0], StringComparer.Ordinal).ToDictionary(name => name.Key, name => name.First()[1], StringComparer.Ordinal);

    private static async Task<RedisResult> AnswerAsync(RedisConnection redis, string command) => await redis.AskAsync(command) switch
    {
        RedisReply.Answered(var result) => result,
        var refused => throw new LedgerRefusedException(string.Create(CultureInfo.InvariantCulture, $"Redis at {redis.Where} {RedisRefusal.Of(refused)}")),
    };

    /// <summary>Managed services often forbid this command. One that does not answer has not said that it does not tell.</summary>
    private static async Task<string?> SettingAsync(RedisConnection redis, string name) => await redis.AskAsync("CONFIG", "GET", name) switch
    {
        RedisReply.Answered(var result) => (string[]?)result is [_, var value] ? value : null,
        RedisReply.Refused => null,
        var silent => throw new LedgerRefusedException($"Redis at {redis.Where} {RedisRefusal.Of(silent)}"),
    };
}
