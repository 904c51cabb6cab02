using System.Globalization;

namespace AiAccessProxy.Bypass.Fuzz;

/// <summary>How long a generator goes on: for so many calls, or for as long as it was asked to.</summary>
internal sealed class FuzzLength(int usual, TimeSpan? asked)
{
    private const int MinutesOfALongRun = 10;

    private readonly long _started = TimeProvider.System.GetTimestamp();

    public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_started);

    /// <summary>Whether calls that take a new way are put into the corpus.</summary>
    public static bool Writes => Environment.GetEnvironmentVariable("AIACCESS_FUZZ_WRITE") == "1";

    public static FuzzLength Of(int usual) => new(usual, Minutes() is { } minutes ? TimeSpan.FromMinutes(minutes) : null);

    public bool GoesOn(int calls) => asked is { } length ? Elapsed < length : calls < usual;

    private static double? Minutes() =>
        double.TryParse(Environment.GetEnvironmentVariable("AIACCESS_FUZZ_MINUTES"), NumberStyles.Float, CultureInfo.InvariantCulture, out var minutes) ? minutes
        : LongRun.IsAskedFor ? MinutesOfALongRun
        : null;
}
