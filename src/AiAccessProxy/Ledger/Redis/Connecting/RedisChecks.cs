using System.Globalization;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Ledger.Redis.Connecting;

/// <summary>What a Redis must be to hold the ledger. Pure: from what it says of itself to what is wrong with that.</summary>
internal static class RedisChecks
{
    /// <summary>The oldest that everything was tried with.</summary>
    public static Version Oldest { get; } = new(7, 0);

    /// <summary>All that is wrong, in words an operator can act on.</summary>
    public static IEnumerable<string> Wrong(RedisStanding standing, LedgerDurability durability, TimeSpan maxSkew)
    {
        if (standing.Version is null || standing.Version < Oldest)
            yield return $"is version {standing.Version?.ToString() ?? "unknown"}, and the ledger needs {Oldest} or later; upgrade it";
        if (standing.Role is not (null or "master")) yield return $"is a {standing.Role}; name the master in ledger:redis:configuration, or all of them";
        if (standing.Eviction is { } eviction and not "noeviction")
            yield return $"has maxmemory-policy {eviction}, by which it throws away what the ledger must keep; set it to noeviction";
        if (standing.Eviction is null && durability != LedgerDurability.Relaxed)
            yield return $"does not tell its maxmemory-policy, which must be noeviction; {Untold}";
        if (durability != LedgerDurability.Relaxed)
            foreach (var loss in Losses(standing)) yield return $"{loss.Why}; {loss.Remedy}, or accept that records may be lost with ledger:durability relaxed";
        if (standing.Skew.Duration() > maxSkew)
            yield return $"has a clock that is {Away(standing.Skew)} ours, and at most {Quantity.Words(maxSkew)} is borne (ledger:redis:maxClockSkew); set both by NTP";
    }

    /// <summary>By what a crash would lose records; empty under <c>appendfsync always</c>.</summary>
    public static IReadOnlyList<string> MayLose(RedisStanding standing) => [.. Losses(standing).Select(loss => loss.Why)];

    private const string Untold = "allow CONFIG GET to this user";

    private static IEnumerable<(string Why, string Remedy)> Losses(RedisStanding standing)
    {
        if (standing.AppendOnly is null) yield return ("does not tell whether appendonly is on", Untold);
        else if (standing.AppendOnly != "yes") yield return ($"has appendonly {standing.AppendOnly}, so that a crash loses the ledger", "set appendonly yes");
        if (standing.AppendFsync is null) yield return ("does not tell its appendfsync", Untold);
        else if (standing.AppendFsync != "always")
            yield return ($"has appendfsync {standing.AppendFsync}, so that a crash loses what was already acknowledged", "set appendfsync always");
    }

    private static string Away(TimeSpan skew) => string.Create(
        CultureInfo.InvariantCulture, $"{skew.Duration().TotalSeconds:0.0} s {(skew > TimeSpan.Zero ? "ahead of" : "behind")}");
}
