using System.Globalization;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace AiAccessProxy.Ledger.Redis.Connecting;

/// <summary>
/// The one connection to Redis, and the one way to ask it. Every call ends: the library itself waits for ever. Once a call got no answer
/// in time nothing more is sent until Redis answers again, so that what was refused here does not run there late.
/// </summary>
internal sealed partial class RedisConnection : IDisposable
{
    /// <summary>How long one question whether a silent Redis is back waits, before another is asked.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const string Silence = "does not answer";

    private readonly RedisLine _line;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly TimeSpan _timeout;
    private Task _stall = Task.CompletedTask;

    private RedisConnection(RedisLine line, RedisOptions options, TimeProvider time, ILogger log)
    {
        (_line, _time, _log, _timeout) = (line, time, log, options.Timeout);
        Keys = new(options.Prefix);
        line.Restored += () => Restored?.Invoke();
    }

    /// <summary>A connection is there again after none was. The server may be another one, or the same with older data.</summary>
    public event Action? Restored;

    public RedisKeys Keys { get; }

    /// <summary>For people: the addresses, without credentials.</summary>
    public string Where => _line.Where;

    private IDatabaseAsync Database => _line.Redis.GetDatabase();

    /// <exception cref="LedgerRefusedException">Redis cannot be reached, or does not let us in; the message says what to do.</exception>
    public static async Task<RedisConnection> OpenAsync(RedisOptions options, TimeProvider time, ILogger log)
    {
        var connection = new RedisConnection(await RedisLine.OpenAsync(RedisAddress.Of(options), time, log), options, time, log);
        var (asked, greeting) = (time.GetTimestamp(), await connection.AskAsync("PING"));
        // A machine on which everything starts at once is slow, and no reason not to start.
        while (greeting is RedisReply.PerhapsDone or RedisReply.NotSent { Why: Silence } && time.GetElapsedTime(asked) < Patience)
        {
            await Task.Delay(connection._timeout / 10, time, CancellationToken.None);
            greeting = await connection.AskAsync("PING");
        }

        if (greeting is RedisReply.Answered) return connection;
        connection.Dispose();
        throw new LedgerRefusedException($"Redis at {connection.Where} {RedisRefusal.Of(greeting)}");
    }

    public Task<RedisReply> AskAsync(string command, params object[] arguments) =>
        BoundedAsync(() => Database.ExecuteAsync(command, arguments, CommandFlags.DemandMaster));

    public async Task<RedisReply> RunAsync(string script, RedisKey[] keys, RedisValue[] arguments)
    {
        var reply = await OnceAsync();
        // A restarted server has no scripts. That one did not run, and the library sends the next with its text.
        for (var again = 0; again < 3 && reply is RedisReply.Refused(var error) && error.StartsWith("NOSCRIPT", StringComparison.Ordinal); again++)
            reply = await OnceAsync();
        return reply;

        Task<RedisReply> OnceAsync() => BoundedAsync(() => Database.ScriptEvaluateAsync(script, keys, arguments, CommandFlags.DemandMaster));
    }

    /// <summary>Hears what is published from now on, also after the connection was away. What was published meanwhile is lost.</summary>
    /// <param name="heard">Must not block.</param>
    /// <exception cref="LedgerUnavailableException">Redis did not take it in time; it may yet.</exception>
    public async Task ListenAsync(RedisChannel channel, Action<RedisValue> heard)
    {
        var asked = _line.ListenAsync(channel, heard);
        try
        {
            await asked.WaitAsync(_timeout, _time);
        }
        catch (Exception failed) when (failed is TimeoutException or RedisException or RedisCommandException)
        {
            Forget(asked);
            throw new LedgerUnavailableException($"Redis at {Where} cannot be listened to: {failed.Message}", failed);
        }
    }

    public void Dispose() => _line.Dispose();

    private async Task<RedisReply> BoundedAsync(Func<Task<RedisResult>> send)
    {
        if (!Volatile.Read(ref _stall).IsCompleted) return new RedisReply.NotSent(Silence);
        Task<RedisResult>? sent = null;
        try
        {
            sent = send();
            var answer = await sent.WaitAsync(_timeout, _time);
            _line.Took();
            return new RedisReply.Answered(answer);
        }
        catch (TimeoutException)
        {
            if (sent is not null) Forget(sent);
            Stall();
            return new RedisReply.PerhapsDone($"did not answer within {_timeout.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)} ms");
        }
        catch (RedisServerException refused)
        {
            return new RedisReply.Refused(refused.Message);
        }
        catch (RedisConnectionException failed) when (failed.FailureType == ConnectionFailureType.UnableToResolvePhysicalConnection)
        {
            _line.TookNothing();
            return new RedisReply.NotSent($"cannot be reached: {failed.Message}");
        }
        catch (Exception failed) when (failed is RedisException or RedisCommandException or ObjectDisposedException or OperationCanceledException)
        {
            return sent is null ? new RedisReply.NotSent($"is not connected: {failed.Message}") : new RedisReply.PerhapsDone($"broke off: {failed.Message}");
        }
    }

    private void Stall()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = Volatile.Read(ref _stall);
        if (!before.IsCompleted || Interlocked.CompareExchange(ref _stall, ended.Task, before) != before) return;
        Log.Stalled(_log, Where);
        _ = UntilItAnswersAsync(ended);
    }

    /// <summary>Answers come in order: the answer to this says that all before it were answered, and a broken connection that none will be.</summary>
    private async Task UntilItAnswersAsync(TaskCompletionSource ended)
    {
        for (var answered = false; !answered;)
        {
            Task? asked = null;
            try
            {
                // Throws at once where another connection has just taken this one's place; whoever stayed in here would keep it from being asked for ever.
                asked = Database.ExecuteAsync("PING");
                await asked.WaitAsync(Patience, _time);
                answered = true;
            }
            catch (TimeoutException)
            {
                if (asked is not null) Forget(asked);
            }
            catch (Exception failed) when (failed is RedisException or RedisCommandException or ObjectDisposedException or OperationCanceledException)
            {
                answered = true;
            }
        }

        ended.SetResult();
    }

    private static void Forget(Task left) =>
        left.ContinueWith(one => _ = one.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Redis at {Where} does not answer; nothing is sent until it does")]
        public static partial void Stalled(ILogger log, string where);
    }
}
