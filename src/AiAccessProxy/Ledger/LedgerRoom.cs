using AiAccessProxy.Ledger.Embedded;
using AiAccessProxy.Ledger.Redis.Connecting;
using AiAccessProxy.Settings;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Ledger;

/// <summary>Adds the ledger. It is opened when the host starts, before anything listens; a folder that cannot be opened stops the start.</summary>
internal static class LedgerRoom
{
    internal static IServiceCollection AddLedger(this IServiceCollection services, IConfiguration settings)
    {
        services.AddSettings<LedgerOptions>(settings).AddSettings<RedisOptions>(settings);
        services.AddOptions<LedgerOptions>().Validate<IOptions<RedisOptions>>(
            (ledger, redis) => ledger.Durability != LedgerDurability.Relaxed || redis.Value.IsChosen,
            "ledger:durability: relaxed is for a ledger in Redis; one in a folder is standard or always");
        services.AddSingleton(provider => EmbeddedLedger.Open(
            provider.GetRequiredService<IOptions<LedgerOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<EmbeddedLedger>>()));
        services.AddSingleton<ILedger>(provider => provider.GetRequiredService<IOptions<RedisOptions>>().Value.IsChosen
            ? throw new LedgerRefusedException("ledger:redis:configuration: a ledger in Redis cannot be opened yet; leave it out and name ledger:folder")
            : provider.GetRequiredService<EmbeddedLedger>());
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedLedger>().Health);
        services.AddSingleton(provider => SharedSecret.Of(provider.GetRequiredService<IOptions<RedisOptions>>().Value.Secrets));
        services.AddHostedService<LedgerStart>();
        return services;
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
