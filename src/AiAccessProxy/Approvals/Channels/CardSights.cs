using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Channels;

/// <summary>Looks at tickets as of now, under the rules in force.</summary>
internal sealed class CardSights(PolicyStore policies, TimeProvider time, ConsoleAddress console)
{
    public Sight Of(Standing standing, string? viewer) => new(standing, policies.Current, time.GetUtcNow(), console.Root) { Viewer = viewer };

    /// <summary>Cancelled after <paramref name="span"/> of the room's own clock. Dispose it.</summary>
    public CancellationTokenSource After(TimeSpan span) => new(span, time);
}
