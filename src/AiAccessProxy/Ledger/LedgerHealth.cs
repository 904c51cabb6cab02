using System.Collections.Immutable;

namespace AiAccessProxy.Ledger;

/// <summary>How the store fares, for probes and for the <c>started</c> record. May be read from any thread.</summary>
internal sealed class LedgerHealth
{
    /// <summary>Alarms that are kept: the first of each, so that what began it is not lost among what followed.</summary>
    public const int MostAlarms = 20;

    private readonly Lock _lock = new();
    private volatile Failure? _failure;
    private ImmutableList<LedgerAlarm> _alarms = [];

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

    /// <summary>What an operator has to look into, oldest first: forged or lost entries, a store that was started anew.</summary>
    public IReadOnlyList<LedgerAlarm> AlarmsAt(DateTimeOffset now) => [.. Volatile.Read(ref _alarms).Where(alarm => !(alarm.Until <= now))];

    /// <returns>False when the same is told already, or too much is.</returns>
    internal bool Alarm(LedgerAlarm alarm)
    {
        lock (_lock)
        {
            var told = _alarms.RemoveAll(old => old.Until <= alarm.Since);
            if (told.Exists(old => old.Why == alarm.Why)) return false;
            // Also those that are too many to be told: whoever alters the store cannot have alerts fall silent by altering more of it.
            LedgerSignals.Alarm(LedgerSignals.Integrity);
            if (told.Count >= MostAlarms) return false;
            _alarms = told.Add(alarm);
            return true;
        }
    }

    /// <returns>True when it had been well until now.</returns>
    internal bool Fail(DateTimeOffset now, string why)
    {
        var before = _failure;
        _failure = new(before?.Since ?? now, why);
        if (before is null) LedgerSignals.Alarm(LedgerSignals.Unwritable);
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
