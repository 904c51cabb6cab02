namespace AiAccessProxy.Ledger.Embedded;

/// <summary>
/// Decides who may write when the disk is full: edges of tickets to the last, everything else only once the reserve stands whole. A full disk
/// is asked again at most once a second.
/// </summary>
internal sealed class SpaceGuard
{
    public const string Words = "The disk is full. Only decisions on tickets are recorded, from the space reserved for them, until there is space again.";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Reserve _reserve;
    private readonly TimeProvider _time;
    private long? _fullAt;

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
            _fullAt = null;
            return true;
        }

        Ended();
        return false;
    }

    /// <summary>Space has run out.</summary>
    public void Ended() => _fullAt = _time.GetTimestamp();

    /// <summary>Gives up the reserve when somebody waits who may use it.</summary>
    public bool GiveUp(IReadOnlyList<Waiting> batch)
    {
        if (!batch.Any(waiting => waiting.IsEdge)) return false;
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
}
