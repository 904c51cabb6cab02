using AiAccessProxy.Ledger.Redis.Connecting;

namespace AiAccessProxy.Tests.Ledger.Redis;

public sealed class RedisOptionsTests
{
    private const string Good = "a secret of the tests that is long enough";

    [Fact]
    public void Nothing_set_is_no_redis_and_no_problem()
    {
        var none = new RedisOptions();
        Assert.False(none.IsChosen);
        Assert.Empty(none.Problems());
    }

    [Theory]
    [InlineData("redis.internal:6379")]
    [InlineData("redis.internal:6380,ssl=true,password=x")]
    [InlineData("one:6379,two:6379,three:6379,connectTimeout=2000,abortConnect=true,defaultDatabase=3")]
    public void Configuration_strings_of_the_library_are_taken_as_they_are(string configuration) => Assert.Empty(With(configuration, Good).Problems());

    [Fact]
    public void However_long_redis_was_away_it_is_tried_again_within_seconds()
    {
        var policy = RedisAddress.Of(With("redis.internal:6379", Good)).ReconnectRetryPolicy!;
        Assert.All(Enumerable.Range(0, 10_000), tries => Assert.True(policy.ShouldRetry(tries, 2_000), $"{tries} tries were in vain, and it waits for longer"));
    }

    [Theory]
    [InlineData("redis://redis.internal:6379", "is no URL")]
    [InlineData("redis.internal:6379,sll=true", "is no configuration string of StackExchange.Redis")]
    [InlineData("redis.internal:6379,ssl=perhaps", "is no configuration string of StackExchange.Redis")]
    [InlineData("ssl=true", "names no server")]
    [InlineData("redis.internal,proxy=twemproxy", "a proxy in between")]
    [InlineData("redis.internal,serviceName=mymaster", "sentinels are not asked")]
    [InlineData("redis.internal,channelPrefix=x", "has a channelPrefix")]
    public void What_makes_no_sense_is_told_without_the_text_itself(string configuration, string said)
    {
        var problem = Assert.Single(With(configuration + ",password=open-sesame", Good).Problems());
        Assert.StartsWith($"ledger:redis:configuration: {said}", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("open-sesame", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "is not set; give every instance the same")]
    [InlineData("made up", "each needs at least 32 characters")]
    public void Without_a_good_secret_there_is_no_redis(string? secret, string said)
    {
        var problem = Assert.Single(With("redis.internal", secret).Problems());
        Assert.StartsWith($"ledger:redis:secrets: {said}", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("made up", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_without_a_redis_are_a_forgotten_setting() =>
        Assert.StartsWith("ledger:redis:configuration: is not set", Assert.Single(With(null, Good).Problems()), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("a{b}")]
    [InlineData("a*")]
    [InlineData("a b")]
    [InlineData("a:b")]
    public void A_prefix_that_would_be_read_as_more_than_a_name_is_refused(string prefix)
    {
        var options = With("redis.internal", Good);
        options.Prefix = prefix;
        Assert.StartsWith("ledger:redis:prefix: ", Assert.Single(options.Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void All_keys_share_one_hash_slot()
    {
        var keys = new RedisKeys("team-a");
        Assert.Equal("{team-a}:records", keys.Of("records").ToString());
        Assert.StartsWith("{team-a}:", keys.Channel("moved").ToString(), StringComparison.Ordinal);
    }

    private static RedisOptions With(string? configuration, string? secret)
    {
        var options = new RedisOptions { Configuration = configuration };
        if (secret is not null) options.Secrets.Add(secret);
        return options;
    }
}
