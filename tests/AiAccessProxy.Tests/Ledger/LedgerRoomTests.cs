using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;
using AiAccessProxy.Tests.Ledger.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Ledger;

public sealed class LedgerRoomTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_ledger_is_open_before_anything_else_starts_and_closed_with_the_host()
    {
        var folder = Some.LedgerFolder();
        using (var host = Host(("Ledger:Folder", folder), ("Ledger:Durability", "always"), ("Ledger:ReserveBytes", "8192")))
        {
            await host.StartAsync(Token);
            Assert.Equal(new Position(1), await host.Services.GetRequiredService<ILedger>().AppendAsync(Some.Record(), Token));
            Assert.True(host.Services.GetRequiredService<LedgerHealth>().IsOk);
            Assert.Equal(8192, new FileInfo(Path.Combine(folder, Reserve.FileName)).Length);
            await host.StopAsync(Token);
        }

        using var again = Story.Open(folder);
        Assert.Equal(new Position(1), again.Durable);
    }

    [Theory]
    [InlineData("folder", " ", "is empty")]
    [InlineData("segmentBytes", "12", "12 is below 1024")]
    [InlineData("reserveBytes", "-1", "-1 must be 0 or more")]
    [InlineData("flushAfter", "2s", "2s must be")]
    [InlineData("durability", "sometimes", "'sometimes' is not known here; write standard or always or relaxed")]
    [InlineData("durability", "relaxed", "relaxed is for a ledger in Redis")]
    [InlineData("durability", "7", "'7' is not known here")]
    public async Task What_is_wrong_with_the_settings_refuses_the_start(string name, string value, string said)
    {
        using var host = Host(("ledger:" + name, value));

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));
        Assert.StartsWith($"ledger:{name}: {said}", Assert.Single(refused.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_used_refuses_the_start_in_one_line()
    {
        using var host = Host(("ledger:folder", "/dev/null/ledger"));

        var refused = await Assert.ThrowsAsync<LedgerRefusedException>(() => host.StartAsync(Token));
        Assert.Contains("/dev/null/ledger cannot be used", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public async Task With_a_redis_the_ledger_lies_there_shared_with_others_and_survives_the_host()
    {
        await using var server = await RedisServer.StartAsync();
        for (var instance = 1; instance <= 2; instance++)
        {
            using var host = Host(Redis(server));
            await host.StartAsync(Token);
            Assert.Equal(new Position(instance), await host.Services.GetRequiredService<ILedger>().AppendAsync(Some.Record(), Token));
            var health = host.Services.GetRequiredService<LedgerHealth>();
            Assert.True(health.IsOk && health.IsShared);
            Assert.Empty(health.MayLose);
            await host.StopAsync(Token);
        }
    }

    [Fact]
    public async Task A_redis_that_may_lose_records_refuses_the_start_unless_that_is_accepted_and_then_health_says_so()
    {
        await using var server = await RedisServer.StartAsync("appendfsync everysec");
        using (var host = Host(Redis(server)))
        {
            var refused = await Assert.ThrowsAsync<LedgerRefusedException>(() => host.StartAsync(Token));
            Assert.Contains("set appendfsync always", refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', refused.Message);
        }

        using var relaxed = Host([.. Redis(server), ("ledger:durability", "relaxed")]);
        await relaxed.StartAsync(Token);
        Assert.Contains("appendfsync everysec", Assert.Single(relaxed.Services.GetRequiredService<LedgerHealth>().MayLose), StringComparison.Ordinal);
        await relaxed.StopAsync(Token);
    }

    private static (string Name, string Value)[] Redis(RedisServer server) =>
    [
        ("ledger:redis:configuration", server.Address), ("ledger:redis:timeout", "10s"), ("ledger:redis:maxClockSkew", "1m"),
        ("ledger:redis:secrets", "a secret of the tests that is long enough"),
    ];

    private static IHost Host(params (string Name, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration["Ledger:Folder"] = Some.LedgerFolder();
        foreach (var (name, value) in settings) builder.Configuration[name] = value;
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddLedger(builder.Configuration);
        return builder.Build();
    }
}
