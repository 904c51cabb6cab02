using AiAccessProxy.Bypass.Models;

namespace AiAccessProxy.Bypass.Grounds;

/// <summary>What a route accepts by name, and the habit of the upstreams for which that is documented not to be safe.</summary>
/// <param name="IsUnsafe">For allow rules; deny and approval rules hold whatever the upstream makes of the call.</param>
internal sealed record OptIn(string Name, Func<Habit, bool> IsUnsafe)
{
    public static IReadOnlyDictionary<string, OptIn> All { get; } = new OptIn[]
    {
        new("encoded-slash", habits => !habits.HasFlag(Habit.SplitsBeforeDecoding)),
        new("encoded-backslash", habits => habits.HasFlag(Habit.TurnsBackslashes)),
        new("double-encoding", habits => habits.HasFlag(Habit.DecodesTwice)),
        new("empty-segment", habits => habits.HasFlag(Habit.MergesSlashes)),
        new("path-parameter", habits => habits.HasFlag(Habit.CutsParameters)),
        new("underscore-header", habits => habits.HasFlag(Habit.ReadsUnderscoresAsHyphens)),
        new("method-override", habits => habits.HasFlag(Habit.HonoursMethodOverrides)),
        new("url-override", habits => habits.HasFlag(Habit.HonoursUrlOverrides)),
    }.ToDictionary(one => one.Name);

    /// <summary>Those that a path may need.</summary>
    public static string OfPaths => "encoded-slash, encoded-backslash, double-encoding, empty-segment, path-parameter";
}
