namespace AiAccessProxy.Ledger.Redis;

/// <summary>Times as the store has them: whole microseconds since 1970. A deadline is rounded up, so that it is the first moment that is too late.</summary>
internal static class Micros
{
    public static long Of(DateTimeOffset time) =>
        (long)Math.Ceiling((time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / (decimal)TimeSpan.TicksPerMicrosecond);

    /// <summary>For asking up to a time: rounded down.</summary>
    public static long UpTo(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Time(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
