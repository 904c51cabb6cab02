namespace AiAccessProxy.Ledger;

/// <summary>When a plain append counts as recorded. Commits are always on disk first, but under <see cref="Relaxed"/>.</summary>
internal enum LedgerDurability
{
    /// <summary>When it has left the process; it is on disk within a second.</summary>
    Standard,

    /// <summary>When it is on disk.</summary>
    Always,

    /// <summary>
    /// Redis alone: when Redis has it, however that brings it to disk. A crash of Redis may lose what was acknowledged, commits included; every
    /// place that tells how the ledger fares says so.
    /// </summary>
    Relaxed,
}
