using System.Collections.Concurrent;

namespace AiAccessProxy.Tokens;

/// <summary>Tells operators why tokens are refused: each kind of fault once a minute, so that whoever sends junk cannot fill the log.</summary>
internal sealed partial class TokenRefusals(TimeProvider time, ILogger<TokenRefusals> log)
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<TokenFault, long> _told = new();

    public void Tell(TokenFault fault, string reason)
    {
        var now = time.GetTimestamp();
        if (!_told.TryGetValue(fault, out var before) ? !_told.TryAdd(fault, now)
            : time.GetElapsedTime(before, now) < Between || !_told.TryUpdate(fault, now, before)) return;
        Log.Refused(log, fault, reason);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A token was refused ({Fault}): {Reason}")]
        public static partial void Refused(ILogger log, TokenFault fault, string reason);
    }
}
