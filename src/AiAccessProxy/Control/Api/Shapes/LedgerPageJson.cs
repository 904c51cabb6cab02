namespace AiAccessProxy.Control.Api.Shapes;

/// <param name="Next">What to send as <c>cursor</c> for more; null when there is none. A long search may give few entries, or none, and go on there.</param>
/// <param name="SearchedTo">Time of the last record that was looked at.</param>
internal sealed record LedgerPageJson(IReadOnlyList<LedgerEntryJson> Entries, string? Next, DateTimeOffset? SearchedTo);
