namespace AiAccessProxy.Approvals.Channels;

/// <summary>How long to wait before something is sent to a channel again.</summary>
internal static class BackOff
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <param name="tries">How often it was sent so far; at least 1.</param>
    /// <param name="asked">What the channel asked for, if it did: no less is waited, unless it is more than <see cref="Longest"/>.</param>
    /// <param name="dice">From 0 to below 1: so that not all come back at once.</param>
    public static TimeSpan Before(int tries, TimeSpan? asked, double dice)
    {
        var doubled = First * Math.Pow(2, Math.Clamp(tries, 1, 16) - 1);
        var spread = Min(doubled, Longest) * (0.5 + (dice / 2));
        return asked is { } least && least > TimeSpan.Zero ? Min(least, Longest) + (spread / 4) : spread;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
