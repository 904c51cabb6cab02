using AiAccessProxy.Ledger.Embedded;
using AiAccessProxy.Ledger.Redis;
using AiAccessProxy.Ledger.Redis.Connecting;
using AiAccessProxy.Settings;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Ledger;

/// <summary>Adds the ledger. It is opened when the host starts, before anything listens; one that cannot be opened stops the start.</summary>
internal static class LedgerRoom
{
    internal static IServiceCollection AddLedger(this IServiceCollection services, IConfiguration settings)
    {
        services.AddSettings<LedgerOptions>(settings).AddSettings<RedisOptions>(settings);
        services.AddOptions<LedgerOptions>().Validate<IOptions<RedisOptions>>(
            (ledger, redis) => ledger.Durability != LedgerDurability.Relaxed || redis.Value.IsChosen,
            "ledger:durability: relaxed is for a ledger in Redis; one in a folder is standard or always");
        services.AddSingleton(Open);
        services.AddSingleton(provider => provider.GetRequiredService<OpenLedger>().Ledger);
        services.AddSingleton(provider => provider.GetRequiredService<OpenLedger>().Health);
        services.AddSingleton(provider => SharedSecret.Of(provider.GetRequiredService<IOptions<RedisOptions>>().Value.Secrets));
        services.AddHostedService<LedgerStart>();
        return services;
    }

    private static OpenLedger Open(IServiceProvider provider)
    {
        var (options, redis) = (provider.GetRequiredService<IOptions<LedgerOptions>>().Value, provider.GetRequiredService<IOptions<RedisOptions>>().Value);
        var time = provider.GetRequiredService<TimeProvider>();
        if (redis.IsChosen)
        {
            var log = provider.GetRequiredService<ILogger<RedisLedger>>();
            // Waited for on a thread of its own: nothing that Redis answers ever runs on one that is blocked.
            return Task.Run(() => OpenRedisAsync(redis, options.Durability, time, log)).GetAwaiter().GetResult();
        }

        var ledger = EmbeddedLedger.Open(options, time, provider.GetRequiredService<ILogger<EmbeddedLedger>>());
        return new(ledger, ledger.Health, null);
    }

    private static async Task<OpenLedger> OpenRedisAsync(RedisOptions options, LedgerDurability durability, TimeProvider time, ILogger log)
    {
        var (connection, _, mayLose) = await OpenRedis.OpenAsync(options, durability, time, log);
        try
        {
            var ledger = await RedisLedger.OpenAsync(
                connection, options, time, log, new LedgerHealth { IsShared = true, MayLose = mayLose },
                wrong: () => OpenRedis.WrongAsync(connection, options, durability, time));
            return new(ledger, ledger.Health, connection);
        }
        catch (LedgerUnavailableException gone)
        {
            connection.Dispose();
            throw new LedgerRefusedException($"Redis at {connection.Where}: {gone.Message}", gone);
        }
    }

    /// <summary>The ledger that was chosen. The container closes the ledger, as it hands it out, and after it what it stands on.</summary>
    private sealed record OpenLedger(ILedger Ledger, LedgerHealth Health, IDisposable? StandsOn) : IDisposable
    {
        public void Dispose() => StandsOn?.Dispose();
    }

    /// <summary>Opens the ledger ahead of whatever else starts.</summary>
    private sealed class LedgerStart(IServiceProvider services) : IHostedLifecycleService
    {
        public Task StartingAsync(CancellationToken cancellationToken)
        {
            services.GetRequiredService<ILedger>();
            return Task.CompletedTask;
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
