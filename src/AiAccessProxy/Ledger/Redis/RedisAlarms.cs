using Microsoft.Extensions.Logging;

namespace AiAccessProxy.Ledger.Redis;

/// <summary>Says aloud what cannot be by itself: states and records that none of us wrote, that are missing, or that came twice.</summary>
internal sealed partial class RedisAlarms(LedgerHealth health, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan EpochTold = TimeSpan.FromHours(1);

    /// <summary>Somebody else writes to the store, or it lost something.</summary>
    /// <param name="subject">The register or position that it is about.</param>
    /// <param name="why">What is wrong with it, in words that do not depend on the subject.</param>
    public LedgerUnavailableException Tampered(string subject, string why)
    {
        if (health.Alarm(new(time.GetUtcNow(), $"{subject} {why}"))) Log.Tampered(log, subject, why);
        return new($"{subject} {why}. It is not used; see to who can write to Redis, and whether it was restored.") { IsAltered = true };
    }

    public void NewEpoch(Epoch before, Epoch now)
    {
        var at = time.GetUtcNow();
        if (health.Alarm(new(at, $"Redis runs anew: {now} instead of {before}. Approvals that were given before lapse.", at + EpochTold))) Log.NewEpoch(log, before, now);
    }

    /// <summary>The server is one with which the program would not start.</summary>
    public void Unfit(string why)
    {
        var at = time.GetUtcNow();
        if (health.Alarm(new(at, $"{why}. Nothing is recorded by it.", at + EpochTold))) Log.Unfit(log, why);
        Unavailable(why);
    }

    public LedgerUnavailableException Unavailable(string why, Exception? inner = null)
    {
        if (health.Fail(time.GetUtcNow(), why)) Log.Failing(log, why);
        return new(why, inner);
    }

    public void Well()
    {
        if (!health.IsOk && health.Recover()) Log.Recovered(log);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "The ledger in Redis was altered by another hand, or lost something: {Subject} {Why}")]
        public static partial void Tampered(ILogger log, string subject, string why);

        [LoggerMessage(2, LogLevel.Critical, "Redis runs anew: {Now} instead of {Before}. What was approved before lapses, what was executing is unknown")]
        public static partial void NewEpoch(ILogger log, Epoch before, Epoch now);

        [LoggerMessage(3, LogLevel.Error, "The ledger cannot record, so nothing that needs a record happens: {Why}")]
        public static partial void Failing(ILogger log, string why);

        [LoggerMessage(4, LogLevel.Information, "The ledger records again.")]
        public static partial void Recovered(ILogger log);

        [LoggerMessage(5, LogLevel.Critical, "Another Redis answers than the program was started with, and it must not hold the ledger: {Why}")]
        public static partial void Unfit(ILogger log, string why);
    }
}
