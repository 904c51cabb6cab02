namespace AiAccessProxy.Ledger;

/// <summary>
/// One run of the ledger's store. Another run may have begun from less than was acknowledged (a snapshot, a replica that was behind), so what
/// must happen once is promised within one epoch only: an approval of another can only lapse.
/// </summary>
internal readonly record struct Epoch(string Value)
{
    /// <summary>The one epoch of a ledger that nothing can roll back while it is open, nor unseen between two openings.</summary>
    public static Epoch Only { get; } = new("");

    public override string ToString() => Value;
}
