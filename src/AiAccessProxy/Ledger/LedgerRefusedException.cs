namespace AiAccessProxy.Ledger;

/// <summary>
/// The ledger cannot be opened or read as it stands: wrong settings, another process in its folder, damage that is no torn tail.
/// The message is one line for the operator and says what to do.
/// </summary>
internal sealed class LedgerRefusedException(string message, Exception? inner = null) : Exception(message, inner);
