namespace AiAccessProxy.Ledger;

/// <summary>
/// The store cannot take the record now: disk full, gone, or an fsync failed. What was asked for has not happened and must not be acted on;
/// the caller answers 503 <c>not-recordable</c>.
/// </summary>
internal sealed class LedgerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
