using System.Globalization;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Redis;
using AiAccessProxy.Ledger.Redis.Connecting;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiAccessProxy.Tests.Ledger.Redis;

/// <summary>One redis-server for all tests of a class; each test has a prefix of its own.</summary>
public sealed class RedisHome : IAsyncLifetime
{
    /// <summary>The store's clock as tests move it, instead of the server's.</summary>
    private static readonly Scripts ByHand = new("return tonumber(redis.call('GET', base .. 'clock'))");

    /// <summary>For tests of what is stored: on a busy machine the product's own patience would end some of them.</summary>
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(30);

    private RedisConnection? _connection;
    private int _prefixes;

    internal RedisServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await RedisServer.StartAsync();
        _connection = await ConnectAsync("any");
    }

    public async ValueTask DisposeAsync()
    {
        _connection?.Dispose();
        await Server.DisposeAsync();
    }

    internal string NewPrefix() => $"test-{Interlocked.Increment(ref _prefixes)}";

    internal static RedisOptions OptionsOf(string prefix, params string[] secrets)
    {
        var options = new RedisOptions { Prefix = prefix, Timeout = Patient };
        foreach (var secret in secrets is [] ? ["some-secret-that-all-instances-share"] : secrets) options.Secrets.Add(secret);
        return options;
    }

    /// <summary>By the server's clock, or by one that <see cref="SetClockAsync"/> sets.</summary>
    internal async Task<(RedisLedger Ledger, RedisConnection Connection)> OpenAsync(RedisOptions options, bool byHand = false)
    {
        var connection = await ConnectAsync(options.Prefix);
        var ledger = await RedisLedger.OpenAsync(
            connection, options, TimeProvider.System, NullLogger.Instance, scripts: byHand ? ByHand : null);
        return (ledger, connection);
    }

    internal async Task SetClockAsync(string prefix, DateTimeOffset now) => Assert.IsType<RedisReply.Answered>(await _connection!.AskAsync(
        "SET", $"{{{prefix}}}:clock", ((now.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture)));

    internal Task<RedisConnection> ConnectAsync(string prefix) => RedisConnection.OpenAsync(
        new() { Configuration = Server.Address, Prefix = prefix, Timeout = Patient }, TimeProvider.System, NullLogger.Instance);
}
