using System.ComponentModel;
using AiAccessProxy.Settings;
using StackExchange.Redis;

namespace AiAccessProxy.Ledger.Redis.Connecting;

/// <summary>Settings of the section <c>ledger:redis</c>.</summary>
internal sealed class RedisOptions : ISettings
{
    /// <summary>A secret of fewer characters is too likely one that somebody made up.</summary>
    public const int LeastSecret = 32;

    public static string Section => "ledger:redis";

    [Description("Where the ledger of several instances lies: `redis.internal:6379`, with the options of StackExchange.Redis's configuration string after a comma. Unset: the ledger lies in `ledger:folder`.")]
    [Secret]
    public string? Configuration { get; set; }

    [Description("Redis's password, when it does not stand in `ledger:redis:configuration`.")]
    [Secret]
    public string? Password { get; set; }

    [Description("Secrets that all instances share and Redis never sees: records and registers are sealed with the first and opened with any. `openssl rand -base64 32` makes one.")]
    [Secret]
    public IList<string> Secrets { get; } = [];

    [Description("With what the names of all keys begin; one for each ledger that a Redis holds.")]
    public string Prefix { get; set; } = "ai-access";

    [Description("PEM file of the authorities that may have signed Redis's certificate, instead of those that the system trusts.")]
    public string? CertificateAuthority { get; set; }

    [Description("How long Redis may take for an answer.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(1500);

    [Description("How far this machine's clock and that of Redis may be apart at start.")]
    public TimeSpan MaxClockSkew { get; set; } = TimeSpan.FromSeconds(2);

    internal bool IsChosen => !string.IsNullOrWhiteSpace(Configuration);

    public IEnumerable<string> Problems()
    {
        if (Timeout < TimeSpan.FromMilliseconds(50) || Timeout > TimeSpan.FromSeconds(30))
            yield return $"ledger:redis:timeout: {Quantity.Words(Timeout)} is not between 50ms and 30s";
        if (MaxClockSkew <= TimeSpan.Zero) yield return "ledger:redis:maxClockSkew: must be more than 0";
        if (Prefix.Length is 0 or > 100 || Prefix.AsSpan().IndexOfAnyExcept(RedisKeys.Plain) >= 0)
            yield return $"ledger:redis:prefix: '{Prefix}' may be 1 to 100 letters, digits, dots, dashes and underscores";
        if (!IsChosen)
        {
            if (Secrets.Count > 0 || !string.IsNullOrEmpty(Password))
                yield return "ledger:redis:configuration: is not set, and other settings of Redis are; write it like redis.internal:6379";
            yield break;
        }

        foreach (var wrong in RedisAddress.Problems(Configuration!)) yield return $"ledger:redis:configuration: {wrong}";
        if (Secrets.Count == 0)
            yield return "ledger:redis:secrets: is not set; give every instance the same, made by: openssl rand -base64 32";
        else if (Secrets.Any(secret => secret.Length < LeastSecret))
            yield return $"ledger:redis:secrets: each needs at least {LeastSecret} characters; make one by: openssl rand -base64 32";
        if (CertificateAuthority is { } file && !File.Exists(file)) yield return $"ledger:redis:certificateAuthority: '{file}' is not there";
    }
}
