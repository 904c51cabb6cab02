using Microsoft.Extensions.Logging;

namespace AiAccessProxy.Ledger.Redis.Connecting;

/// <summary>A Redis that may hold the ledger.</summary>
/// <param name="MayLose">Why a crash of it would lose records, which <see cref="LedgerDurability.Relaxed"/> accepts; else empty.</param>
internal sealed partial record OpenRedis(RedisConnection Connection, RedisStanding Standing, IReadOnlyList<string> MayLose)
{
    /// <summary>Connects, and looks whether this Redis keeps what it is given.</summary>
    /// <exception cref="LedgerRefusedException">It does not, or cannot be reached; the message says what to do, all at once and in one line.</exception>
    public static async Task<OpenRedis> OpenAsync(
        RedisOptions options, LedgerDurability durability, TimeProvider time, ILogger log)
    {
        var connection = await RedisConnection.OpenAsync(options, time, log);
        try
        {
            var standing = await RedisStanding.ReadAsync(connection, time);
            if (WrongWith(standing, connection, options, durability) is { } wrong) throw new LedgerRefusedException(wrong);
            var mayLose = RedisChecks.MayLose(standing);
            if (mayLose.Count > 0) Log.Relaxed(log, connection.Where, string.Join("; it ", mayLose));
            return new(connection, standing, mayLose);
        }
        catch (LedgerRefusedException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>What is wrong with the server that answers by now, which after a failover is another one; null when nothing.</summary>
    /// <exception cref="LedgerUnavailableException">None answers.</exception>
    public static async Task<string?> WrongAsync(RedisConnection connection, RedisOptions options, LedgerDurability durability, TimeProvider time)
    {
        try
        {
            return WrongWith(await RedisStanding.ReadAsync(connection, time), connection, options, durability);
        }
        catch (LedgerRefusedException gone)
        {
            throw new LedgerUnavailableException(gone.Message, gone);
        }
    }

    private static string? WrongWith(RedisStanding standing, RedisConnection connection, RedisOptions options, LedgerDurability durability) =>
        RedisChecks.Wrong(standing, durability, options.MaxClockSkew).ToList() is { Count: > 0 } wrong
            ? $"Redis at {connection.Where} {string.Join("; and it ", wrong)}"
            : null;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "ledger:durability is relaxed: a crash of Redis may lose what was acknowledged. Redis at {Where} {Why}")]
        public static partial void Relaxed(ILogger log, string where, string why);
    }
}
