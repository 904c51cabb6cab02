namespace AiAccessProxy.Ledger;

/// <summary>
/// The store cannot take the record now: disk full, gone, or an fsync failed. What was asked for has not happened and must not be acted on;
/// the caller answers 503 <c>not-recordable</c>.
/// </summary>
internal sealed class LedgerUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>
    /// The store is there; what was asked about in it was altered by another hand, or lost its last moves, and is refused for good. Whoever sees
    /// to many things goes on with the others.
    /// </summary>
    public bool IsAltered { get; init; }
}
