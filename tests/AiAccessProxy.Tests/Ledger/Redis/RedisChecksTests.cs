using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Redis.Connecting;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiAccessProxy.Tests.Ledger.Redis;

/// <summary>What the start refuses of a Redis, each shown by a real one that is set so.</summary>
public sealed class RedisChecksTests
{
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_redis_as_the_ledger_wants_it_is_taken()
    {
        await using var server = await RedisServer.StartAsync();
        var standing = await StandingAsync(server);

        Assert.Empty(RedisChecks.Wrong(standing, LedgerDurability.Standard, TimeSpan.FromSeconds(30)));
        Assert.Empty(RedisChecks.MayLose(standing));
        Assert.Equal(40, standing.RunId.Length);
    }

    [Theory]
    [InlineData("appendonly no", "has appendonly no, so that a crash loses the ledger; set appendonly yes")]
    [InlineData("appendfsync everysec", "has appendfsync everysec, so that a crash loses what was already acknowledged; set appendfsync always")]
    [InlineData("appendfsync no", "has appendfsync no, so that a crash loses what was already acknowledged; set appendfsync always")]
    [InlineData("rename-command CONFIG \"\"", "does not tell whether appendonly is on; allow CONFIG GET")]
    public async Task One_that_may_lose_records_is_refused_unless_that_is_accepted(string setting, string said)
    {
        await using var server = await RedisServer.StartAsync(setting);
        var standing = await StandingAsync(server);

        Assert.Contains(Of(standing, LedgerDurability.Standard), wrong => wrong.StartsWith(said, StringComparison.Ordinal));
        Assert.Contains(Of(standing, LedgerDurability.Always), wrong => wrong.StartsWith(said, StringComparison.Ordinal));
        Assert.Empty(Of(standing, LedgerDurability.Relaxed));
        Assert.NotEmpty(RedisChecks.MayLose(standing));
    }

    [Theory]
    [InlineData("allkeys-lru")]
    [InlineData("volatile-ttl")]
    public async Task One_that_throws_keys_away_is_refused_whatever_is_accepted(string policy)
    {
        await using var server = await RedisServer.StartAsync($"maxmemory-policy {policy}");
        var standing = await StandingAsync(server);

        foreach (var durability in Enum.GetValues<LedgerDurability>())
            Assert.StartsWith($"has maxmemory-policy {policy}", Assert.Single(Of(standing, durability)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replica_is_refused()
    {
        await using var master = await RedisServer.StartAsync();
        await using var replica = await RedisServer.StartAsync($"replicaof 127.0.0.1 {master.Port}", "replica-serve-stale-data yes");

        var refused = await Assert.ThrowsAsync<LedgerRefusedException>(() => StandingAsync(replica));
        Assert.Contains("ledger:redis:configuration", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_servers_the_master_is_asked()
    {
        await using var master = await RedisServer.StartAsync();
        await using var replica = await RedisServer.StartAsync($"replicaof 127.0.0.1 {master.Port}");
        using var redis = await RedisConnection.OpenAsync(
            RedisConnectionTests.Options($"{replica.Address},{master.Address}"), TimeProvider.System, NullLogger.Instance);

        Assert.Equal("master", (await RedisStanding.ReadAsync(redis, TimeProvider.System)).Role);
        Assert.IsType<RedisReply.Answered>(await redis.AskAsync("SET", "a", "1"));
    }

    [Theory]
    [InlineData(-3.0)]
    [InlineData(3.0)]
    public async Task A_clock_that_is_too_far_off_is_refused_in_either_direction(double seconds)
    {
        await using var server = await RedisServer.StartAsync();
        var standing = await StandingAsync(server);
        var off = standing with { Skew = TimeSpan.FromSeconds(seconds) };

        var wrong = Assert.Single(Of(off, LedgerDurability.Relaxed));
        Assert.StartsWith($"has a clock that is 3.0 s {(seconds > 0 ? "ahead of" : "behind")} ours", wrong, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_skew_is_measured_against_the_clock_of_redis()
    {
        await using var server = await RedisServer.StartAsync();
        using var redis = await RedisConnection.OpenAsync(RedisConnectionTests.Options(server.Address), TimeProvider.System, NullLogger.Instance);
        var ours = new ManualTime();
        var apart = TimeProvider.System.GetUtcNow() - ours.GetUtcNow();

        var standing = await RedisStanding.ReadAsync(redis, ours);
        Assert.InRange(standing.Skew, apart - TimeSpan.FromMinutes(2), apart + TimeSpan.FromMinutes(2));
    }

    [Theory]
    [InlineData("6.2.14", true)]
    [InlineData("7.0.0", false)]
    [InlineData("8.2.1", false)]
    [InlineData(null, true)]
    public async Task A_version_nobody_tried_is_refused(string? version, bool isRefused)
    {
        await using var server = await RedisServer.StartAsync();
        var standing = (await StandingAsync(server)) with { Version = version is null ? null : Version.Parse(version), Skew = TimeSpan.Zero };

        Assert.Equal(isRefused, Of(standing, LedgerDurability.Standard).Any(wrong => wrong.StartsWith("is version", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once_and_in_one_line_and_the_connection_is_given_up()
    {
        await using var server = await RedisServer.StartAsync("appendfsync everysec", "maxmemory-policy allkeys-lru");
        var options = RedisConnectionTests.Options(server.Address, one => one.MaxClockSkew = TimeSpan.FromMinutes(1));

        var refused = await Assert.ThrowsAsync<LedgerRefusedException>(
            () => OpenRedis.OpenAsync(options, LedgerDurability.Standard, TimeProvider.System, NullLogger.Instance));
        Assert.Contains("maxmemory-policy allkeys-lru", refused.Message, StringComparison.Ordinal);
        Assert.Contains("appendfsync everysec", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);

        await server.CliAsync("CONFIG", "SET", "maxmemory-policy", "noeviction");
        var open = await OpenRedis.OpenAsync(options, LedgerDurability.Relaxed, TimeProvider.System, NullLogger.Instance);
        using (open.Connection) Assert.Contains("appendfsync everysec", Assert.Single(open.MayLose), StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Of(RedisStanding standing, LedgerDurability durability) => [.. RedisChecks.Wrong(standing, durability, Skew)];

    private static async Task<RedisStanding> StandingAsync(RedisServer server)
    {
        using var redis = await RedisConnection.OpenAsync(RedisConnectionTests.Options(server.Address), TimeProvider.System, NullLogger.Instance);
        return await RedisStanding.ReadAsync(redis, TimeProvider.System);
    }
}
