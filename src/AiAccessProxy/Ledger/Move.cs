namespace AiAccessProxy.Ledger;

/// <summary>Moves one register from the revision it is expected at (0 creates it) to a new state.</summary>
internal sealed record Move(RegisterId Id, long FromRevision, ReadOnlyMemory<byte> State)
{
    /// <summary>The commit is <see cref="Outcome.TooLate"/> once the store's clock has reached this.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>From when <see cref="ILedger.DueAsync"/> lists the register; null never.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>
    /// The group under which <see cref="ILedger.LiveAsync"/> lists it (the agent's id). Null ends the register: what it held before is
    /// erased from the store beyond recovery, and only the new state stays.
    /// </summary>
    public string? LiveGroup { get; init; }

    /// <summary>For a creation: at most this many live registers of the kind in the group, the new one included.</summary>
    public int? LiveLimit { get; init; }

    /// <summary>Keys that the register holds from now on; those it held and that are not named again are given up.</summary>
    public IReadOnlyList<UniqueClaim> Unique { get; init; } = [];

    /// <summary>For an ended register: when the store may forget it, keys and all.</summary>
    public DateTimeOffset? ForgetAfter { get; init; }
}
