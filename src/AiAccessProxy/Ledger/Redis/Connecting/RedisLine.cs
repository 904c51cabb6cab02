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
    /// <summary>It tries a new socket more often than that as long as it looks for one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>For a Redis that is there and takes nothing from us, as one that is a replica for now.</summary>
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(15);

    private readonly ConfigurationOptions _address;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ConcurrentQueue<(RedisChannel Channel, Action<RedisValue> Heard)> _listeners = [];
    private readonly Lock _lock = new();
    private volatile ConnectionMultiplexer _redis;
    private long _since;
    private long _sockets;
    private long _tried;
    private bool _isOver;

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

    public static async Task<RedisLine> OpenAsync(ConfigurationOptions address, TimeProvider time, ILogger log) =>
        new(await ConnectionMultiplexer.ConnectAsync(address), address, time, log);

    public Task ListenAsync(RedisChannel channel, Action<RedisValue> heard)
    {
        _listeners.Enqueue((channel, heard));
        return ListenAsync(_redis, channel, heard);
    }

    /// <summary>Something was answered.</summary>
    public void Took()
    {
        if (Volatile.Read(ref _since) != 0) Volatile.Write(ref _since, 0);
    }

    /// <summary>Something was not taken, for want of a connection.</summary>
    public void TookNothing()
    {
        lock (_lock)
        {
            var (now, sockets) = (_time.GetTimestamp(), _redis.GetCounters().Interactive.SocketCount);
            if (_since == 0 || sockets != _sockets) (_since, _sockets) = (now, sockets);
            else if (_time.GetElapsedTime(_since, now) >= Patience && (_tried == 0 || _time.GetElapsedTime(_tried, now) >= BetweenTries))
            {
                (_tried, _since) = (now, 0);
                _ = ReplaceAsync();
            }
        }
    }

    public void Dispose()
    {
        lock (_lock) _isOver = true;
        _redis.Close(allowCommandsToComplete: false);
    }

    private async Task ReplaceAsync()
    {
        Log.Replaced(_log, Where);
        ConnectionMultiplexer next;
        try
        {
            next = await ConnectionMultiplexer.ConnectAsync(_address.Clone());
        }
        catch (RedisConnectionException)
        {
            // Its addresses cannot be resolved now; whoever asks next tries again.
            return;
        }

        var before = _redis;
        lock (_lock)
        {
            if (!_isOver) _redis = next;
        }

        if (_redis != next)
        {
            next.Close(allowCommandsToComplete: false);
            return;
        }

        Follow(next);
        before.Close(allowCommandsToComplete: false);
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

        [LoggerMessage(LogLevel.Warning, "The connection to Redis at {Where} takes nothing and looks for no other; another is made in its place")]
        public static partial void Replaced(ILogger log, string where);
    }
}
