namespace Floods;

/// <summary>What one turn of the good agent came to.</summary>
/// <param name="Milliseconds">Sorted.</param>
/// <param name="Busy">The part of one processor that the proxy took.</param>
internal sealed record Turn(IReadOnlyList<double> Milliseconds, int Failed, double Busy)
{
    public double At(int percent) => Milliseconds[Math.Min(Milliseconds.Count - 1, Milliseconds.Count * percent / 100)];
}
