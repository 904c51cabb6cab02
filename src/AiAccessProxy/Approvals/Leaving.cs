using AiAccessProxy.Approvals.Instances;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Approvals;

/// <summary>
/// The first step of stopping, while everything still works: probes are told, a balancer gets the time to send calls elsewhere, and then held calls are
/// answered, as their routes say for pending ones. Their tickets live on, and their repeats meet another instance.
/// </summary>
internal sealed partial class Leaving(InstanceSet instances, Waiting waiting, IOptions<ApprovalOptions> options, ILogger<Leaving> logger)
{
    /// <exception cref="OperationCanceledException">Balancers did not get their time. Held calls are answered all the same.</exception>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        instances.Leave();
        try
        {
            if (options.Value.Drain is var drain && drain <= TimeSpan.Zero) return;
            Log.Leaves(logger, drain, waiting.Count);
            await Task.Delay(drain, instances.Time, cancellationToken);
        }
        finally
        {
            waiting.EndHolds();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Told to stop: /readyz says so for {Drain}, then the {Held} held calls are answered")]
        public static partial void Leaves(ILogger logger, TimeSpan drain, int held);
    }
}
