namespace AiAccessProxy.Ledger.Embedded;

/// <summary>
/// Decides who may write when the disk is full: edges of tickets to the last, what known people do for as long as it has not taken its part of the
/// reserve, everything else only once the reserve stands whole. A full disk is asked again at most once a second.
/// </summary>
internal sealed class SpaceGuard
{
    public const string Words = "The disk is full. Only decisions on tickets are recorded, from the space reserved for them, until there is space again.";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Reserve _reserve;
    private readonly TimeProvider _time;
    private long? _fullAt;
    private long _personsBytes;

    public SpaceGuard(Reserve reserve, TimeProvider time)
    {
        (_reserve, _time) = (reserve, time);
        if (!_reserve.TryBuild()) Ended();
    }

    public bool IsFull => _fullAt is not null;

    public bool HasRoom()
    {
        if (_fullAt is not { } at) return true;
        if (_time.GetElapsedTime(at) < Pause) return false;
        if (_reserve.TryBuild())
        {
            (_fullAt, _personsBytes) = (null, 0);
            return true;
        }

        Ended();
        return false;
    }

    /// <summary>Space has run out.</summary>
    public void Ended() => _fullAt = _time.GetTimestamp();

    /// <summary>Those who may write although there is no room.</summary>
    public List<Waiting> Admitted(IReadOnlyList<Waiting> batch) => [.. batch.Where(waiting => !waiting.NeedsRoom && IsWithinPart(waiting.PersonsBytes))];

    /// <summary>Gives up the reserve when somebody waits who may use it.</summary>
    public bool GiveUp(IReadOnlyList<Waiting> batch)
    {
        if (!batch.Any(waiting => waiting.IsEdge || waiting.PersonsBytes > 0)) return false;
        try
        {
            if (!_reserve.TryGiveUp()) return false;
        }
        catch (Exception e) when (Disk.IsFailure(e))
        {
            return false;
        }

        Ended();
        return true;
    }

    /// <summary>The other half is left to edges, whoever clicks without end.</summary>
    private bool IsWithinPart(long bytes)
    {
        if (_personsBytes + bytes > _reserve.Bytes / 2) return bytes == 0;
        _personsBytes += bytes;
        return true;
    }
}
