using System.Globalization;

namespace AiAccessProxy.Bypass.Harness;

/// <summary>Where the chance of a generator comes from: the same in every run, unless <c>./test.sh long</c> asks for another one each time.</summary>
internal sealed record Seed(int Number)
{
    private const int Longer = 20;

    public Random Chance { get; } = new(Number);

    public static Seed Of(int usual) => new(LongRun.IsAskedFor ? Environment.TickCount : usual);

    /// <summary>How many cases a generator makes.</summary>
    public static int Runs(int usual) => LongRun.IsAskedFor ? usual * Longer : usual;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"seed {Number}");
}
