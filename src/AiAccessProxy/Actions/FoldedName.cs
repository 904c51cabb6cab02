using System.Text;

namespace AiAccessProxy.Actions;

/// <summary>
/// Takes names as one when any upstream might: without regard to case, and as Go's JSON does also <c>K</c> (Kelvin) for k and <c>ſ</c> for s.
/// </summary>
internal sealed class FoldedName : IEqualityComparer<string>
{
    public static FoldedName Comparer { get; } = new();

    public bool Equals(string? x, string? y)
    {
        if (x is null || y is null) return ReferenceEquals(x, y);
        var left = x.EnumerateRunes();
        var right = y.EnumerateRunes();
        while (left.MoveNext())
        {
            if (!right.MoveNext() || Fold(left.Current) != Fold(right.Current)) return false;
        }

        return !right.MoveNext();
    }

    public int GetHashCode(string obj)
    {
        // Seeded anew in every process, so that an agent cannot make names that collide.
        var hash = new HashCode();
        foreach (var rune in obj.EnumerateRunes()) hash.Add(Fold(rune).Value);
        return hash.ToHashCode();
    }

    /// <summary>The one rune for all that a rune may be taken for.</summary>
    public static Rune Fold(Rune rune) => rune.Value switch
    {
        >= 'a' and <= 'z' => new(rune.Value - 32),
        < 0x80 => rune,
        // .NET's invariant casing leaves these alone; other languages' does not.
        0x017F => new('S'),
        0x0130 or 0x0131 => new('I'),
        // Wide letters, which servers with best-fit mapping read as plain ones.
        >= 0xFF01 and <= 0xFF5E => Fold(new(rune.Value - 0xFEE0)),
        _ => Rune.ToUpperInvariant(Rune.ToLowerInvariant(rune)),
    };
}
