namespace AiAccessProxy.Ledger;

/// <summary>
/// The store cannot take the record now: disk full, gone, an fsync failed, or Redis is away, does not answer or must not hold the ledger. What was asked
/// for must not be acted on; the caller answers 503 <c>not-recordable</c>. It was not made, as a rule. What a Redis took that gave no
/// answer in time may stand (an append always, a change when nobody could tell): then the ledger tells of more than happened, never of less.
/// </summary>
internal sealed class LedgerUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>
    /// The store is there; what was asked about in it was altered by another hand, or lost its last moves, and is refused for good. Whoever sees
    /// to many things goes on with the others.
    /// </summary>
    public bool IsAltered { get; init; }
}
