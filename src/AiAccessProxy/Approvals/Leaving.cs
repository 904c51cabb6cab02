using AiAccessProxy.Approvals.Instances;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Approvals;

/// <summary>
/// The first step of stopping, while everything still works: probes are told, and a balancer gets the time to send calls elsewhere. Repeats of the
/// calls that are answered afterwards (<see cref="Draining"/>) then meet another instance.
/// </summary>
internal sealed partial class Leaving(InstanceSet instances, Waiting waiting, IOptions<ApprovalOptions> options, ILogger<Leaving> logger)
{
    public Task AnnounceAsync(CancellationToken cancellationToken)
    {
        instances.Leave();
        var drain = options.Value.Drain;
        if (drain <= TimeSpan.Zero) return Task.CompletedTask;
        Log.Leaves(logger, drain, waiting.Count);
        return Task.Delay(drain, instances.Time, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Told to stop: /readyz says so for {Drain}, then the {Held} held calls are answered")]
        public static partial void Leaves(ILogger logger, TimeSpan drain, int held);
    }
}
