namespace AiAccessProxy.Ledger;

/// <summary>How the store fares, for probes and for the <c>started</c> record. May be read from any thread.</summary>
internal sealed class LedgerHealth
{
    private volatile Failure? _failure;

    /// <summary>What opening had to repair, in words; null when nothing.</summary>
    public string? Repaired { get; init; }

    /// <summary>Several processes may write the store at once; else this one alone does.</summary>
    public bool IsShared { get; init; }

    /// <summary>Why a crash of the store would lose what was acknowledged, in words; empty but under <see cref="LedgerDurability.Relaxed"/>.</summary>
    public IReadOnlyList<string> MayLose { get; init; } = [];

    public bool IsOk => _failure is null;

    /// <summary>Since when the store refuses some or all that it is asked to record; null when it does not.</summary>
    public DateTimeOffset? FailingSince => _failure?.Since;

    /// <summary>Why, in words for the operator.</summary>
    public string? Why => _failure?.Why;

    /// <returns>True when it had been well until now.</returns>
    internal bool Fail(DateTimeOffset now, string why)
    {
        var before = _failure;
        _failure = new(before?.Since ?? now, why);
        if (before is null) LedgerSignals.Alarm("unwritable");
        return before is null;
    }

    /// <returns>True when it had been failing until now.</returns>
    internal bool Recover()
    {
        var before = _failure;
        _failure = null;
        return before is not null;
    }

    private sealed record Failure(DateTimeOffset Since, string Why);
}
