namespace AiAccessProxy.Ledger;

/// <summary>What became of a change. Only <see cref="Done"/> changed anything.</summary>
internal abstract record Outcome
{
    private Outcome()
    {
    }

    /// <summary>
    /// On disk, or, under <see cref="LedgerDurability.Relaxed"/>, where a crash of the store may lose it. <paramref name="Last"/> is the position of the
    /// last record, <paramref name="At"/> the store's clock.
    /// </summary>
    public sealed record Done(Position Last, DateTimeOffset At) : Outcome;

    /// <summary>A register was at another revision, or holds a unique key; this is how it stands (null: it does not exist).</summary>
    public sealed record Conflict(Register? Standing) : Outcome;

    /// <summary>A move's <see cref="Move.NotAfter"/> has passed by the store's clock.</summary>
    public sealed record TooLate(DateTimeOffset At) : Outcome;

    /// <summary>The group has as many live registers as it may.</summary>
    public sealed record LimitReached(int Limit) : Outcome;

    /// <summary>The store runs in another epoch than <see cref="Change.Epoch"/>; <see cref="ILedger.Epoch"/> says so by now, too.</summary>
    public sealed record NewEpoch(Epoch Now) : Outcome;
}
