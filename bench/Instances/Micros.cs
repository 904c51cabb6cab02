namespace Instances;

/// <summary>Microseconds since 1970: all processes of the run, Redis among them, read the same clock.</summary>
internal static class Micros
{
    public static long Now => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
