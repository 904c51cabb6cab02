using System.Globalization;

namespace Floods;

/// <summary>What is known of one kind of flood after all rounds.</summary>
internal sealed class Figures(FloodKind kind)
{
    private readonly List<(Turn Quiet, Turn Flood)> _rounds = [];
    private readonly List<double> _open = [];
    private readonly List<double> _connected = [];
    private readonly List<double> _sent = [];
    private long _memory;

    public static string Head =>
        $"{"flood",-13} {"quiet p50",9} {"p99",6}  {"flood p50",9} {"p99",6}  {"p99 ratio",9} {"(each round)",-34} {"busy",11} {"failed",7} {"memory",8}  the flood";

    public FloodKind Kind => kind;

    /// <summary>Requests on the side that has fewer.</summary>
    public int Requests => Math.Min(_rounds.Sum(round => round.Quiet.Milliseconds.Count), _rounds.Sum(round => round.Flood.Milliseconds.Count));

    public double Ratio => Median(_rounds.Select(round => round.Flood.At(99) / round.Quiet.At(99)));

    /// <summary>Less came than was meant to: then the figures say nothing.</summary>
    public bool IsWeak => Median(_open) < kind.Open || Median(_sent) < kind.PerSecond;

    public void Add(Turn quiet, Turn flood, Tally before, Tally after, long memory)
    {
        var seconds = (after.At - before.At) / (double)System.Diagnostics.Stopwatch.Frequency;
        _rounds.Add((quiet, flood));
        _open.Add((before.Open + after.Open) / 2.0);
        _connected.Add((after.Connected - before.Connected) / seconds);
        _sent.Add((after.Sent - before.Sent) / seconds);
        _memory = Math.Max(_memory, memory);
    }

    public override string ToString()
    {
        var rounds = string.Join(" ", _rounds.Select(round => (round.Flood.At(99) / round.Quiet.At(99)).ToString("f2", CultureInfo.InvariantCulture)));
        var sent = kind.What.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {Median(_sent):f0} {kind.What}/s (at least {kind.PerSecond})");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{kind.Name,-13} {Of(false, 50),9:f2} {Of(false, 99),6:f2}  {Of(true, 50),9:f2} {Of(true, 99),6:f2}  {Ratio,9:f2} {rounds,-34} {Busy(false),4:f2}/{Busy(true),4:f2} {_rounds.Sum(round => round.Flood.Failed),9} {_memory,5} MB  {Median(_open):f0} open (at least {kind.Open}), {Median(_connected):f0} handshakes/s{sent}{(IsWeak ? " TOO WEAK" : "")}");
    }

    private double Of(bool flood, int percent) => Median(_rounds.Select(round => (flood ? round.Flood : round.Quiet).At(percent)));

    private double Busy(bool flood) => Median(_rounds.Select(round => (flood ? round.Flood : round.Quiet).Busy));

    private static double Median(IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
