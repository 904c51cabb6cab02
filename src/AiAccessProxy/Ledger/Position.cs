namespace AiAccessProxy.Ledger;

/// <summary>Where a record stands in the ledger: 1 for the first, then without gaps. 0 is before all.</summary>
internal readonly record struct Position(long Number) : IComparable<Position>
{
    public static Position Start => default;

    public int CompareTo(Position other) => Number.CompareTo(other.Number);

    public override string ToString() => Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
