using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace AiAccessProxy.Ledger.Redis.Connecting;

/// <summary>
/// The library's connection, and another in its place should it be gone and not look for a new one. That happens: where one of its threads stands still
/// for a moment between noting that a socket broke and forgetting it, it forgets the next one instead, and waits for it for ever.
/// </summary>
internal sealed partial class RedisLine : IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    /// <summary>It tries a new socket more often than that as long as it looks for one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>For a Redis that is there and takes nothing from us, as one that is a replica for now.</summary>
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(15);

    private readonly ConfigurationOptions _address;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ConcurrentQueue<(RedisChannel Channel, Action<RedisValue> Heard)> _listeners = [];
    private readonly CancellationTokenSource _over = new();
    private volatile ConnectionMultiplexer _redis;
    private volatile bool _tookNothing;

    private RedisLine(ConnectionMultiplexer redis, ConfigurationOptions address, TimeProvider time, ILogger log)
    {
        (_redis, _address, _time, _log, Where) = (redis, address, time, log, RedisAddress.Words(address));
        Follow(redis);
    }

    /// <summary>A connection is there again after none was.</summary>
    public event Action? Restored;

    /// <summary>For people: the addresses, without credentials.</summary>
    public string Where { get; }

    public ConnectionMultiplexer Redis => _redis;

    public static async Task<RedisLine> OpenAsync(ConfigurationOptions address, TimeProvider time, ILogger log)
    {
        var line = new RedisLine(await ConnectionMultiplexer.ConnectAsync(address), address, time, log);
        _ = line.WatchAsync();
        return line;
    }

    public Task ListenAsync(RedisChannel channel, Action<RedisValue> heard)
    {
        _listeners.Enqueue((channel, heard));
        return ListenAsync(_redis, channel, heard);
    }

    /// <summary>Something was answered.</summary>
    public void Took()
    {
        if (_tookNothing) _tookNothing = false;
    }

    /// <summary>Something was not taken, for want of a connection.</summary>
    public void TookNothing() => _tookNothing = true;

    public void Dispose()
    {
        _over.Cancel();
        _redis.Close(allowCommandsToComplete: false);
    }

    private async Task WatchAsync()
    {
        var (since, tried, before) = (_time.GetTimestamp(), (long?)null, (0L, 0L));
        using var clock = new PeriodicTimer(BetweenLooks, _time);
        try
        {
            while (await clock.WaitForNextTickAsync(_over.Token))
            {
                var (now, counters) = (_time.GetTimestamp(), _redis.GetCounters());
                var sockets = (counters.Interactive.SocketCount, counters.Subscription.SocketCount);
                var isGone = _tookNothing || (!_listeners.IsEmpty && counters.Subscription.Subscriptions == 0);
                if (!isGone || sockets != before) (since, before) = (now, sockets);
                else if (_time.GetElapsedTime(since, now) >= Patience && (tried is not { } last || _time.GetElapsedTime(last, now) >= BetweenTries))
                {
                    tried = now;
                    await ReplaceAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }

    private async Task ReplaceAsync()
    {
        Log.Replaced(_log, Where);
        ConnectionMultiplexer next;
        try
        {
            next = await ConnectionMultiplexer.ConnectAsync(_address);
        }
        catch (Exception failed) when (failed is RedisConnectionException or TimeoutException)
        {
            // Its name cannot be resolved now; it is tried again.
            return;
        }

        var before = _redis;
        Follow(next);
        _redis = next;
        before.Close(allowCommandsToComplete: false);
        // Whoever ended it meanwhile has closed the one before.
        if (_over.IsCancellationRequested) next.Close(allowCommandsToComplete: false);
        _over.Token.ThrowIfCancellationRequested();
        foreach (var (channel, heard) in _listeners)
            _ = ListenAsync(next, channel, heard).ContinueWith(one => _ = one.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        Restored?.Invoke();
    }

    private static Task ListenAsync(ConnectionMultiplexer redis, RedisChannel channel, Action<RedisValue> heard) =>
        redis.GetSubscriber().SubscribeAsync(channel, (_, message) => heard(message));

    private void Follow(ConnectionMultiplexer redis)
    {
        // Otherwise answers are handed out one after the other on one thread, and whoever blocks there stops all that follow, for good.
        redis.PreserveAsyncOrder = false;
        redis.ConnectionRestored += (_, restored) =>
        {
            if (restored.ConnectionType != ConnectionType.Interactive) return;
            Log.Restored(_log, Where);
            Restored?.Invoke();
        };
        redis.ConnectionFailed += (_, failed) =>
        {
            if (redis == _redis) Log.Lost(_log, Where, failed.FailureType);
        };
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The connection to Redis at {Where} was lost: {Failure}")]
        public static partial void Lost(ILogger log, string where, ConnectionFailureType failure);

        [LoggerMessage(LogLevel.Information, "Redis at {Where} is connected again")]
        public static partial void Restored(ILogger log, string where);

        [LoggerMessage(LogLevel.Warning, "The connection to Redis at {Where} is gone or takes nothing, and looks for no other; another is made in its place")]
        public static partial void Replaced(ILogger log, string where);
    }
}
