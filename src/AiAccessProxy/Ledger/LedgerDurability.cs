namespace AiAccessProxy.Ledger;

/// <summary>When a plain append counts as recorded. Commits are always on disk first.</summary>
internal enum LedgerDurability
{
    /// <summary>When it has left the process; it is on disk within a second.</summary>
    Standard,

    /// <summary>When it is on disk.</summary>
    Always,
}
