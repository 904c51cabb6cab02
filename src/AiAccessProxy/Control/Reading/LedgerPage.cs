using AiAccessProxy.Ledger;

namespace AiAccessProxy.Control.Reading;

/// <summary>Some entries that a query asks for, in its order.</summary>
/// <param name="Next">Where to go on; null when there is nothing more. It may be there with few entries, or none: then the search was long.</param>
/// <param name="SearchedTo">Time of the last entry that was looked at; null when none was.</param>
internal sealed record LedgerPage(IReadOnlyList<Entry> Entries, Position? Next, DateTimeOffset? SearchedTo);
