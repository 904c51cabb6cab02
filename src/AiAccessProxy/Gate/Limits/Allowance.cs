namespace AiAccessProxy.Gate.Limits;

/// <summary>So many of something within a window of time that begins with the first of them. Not safe for several threads.</summary>
internal sealed class Allowance(int most, TimeSpan window, TimeProvider time)
{
    private long _since = time.GetTimestamp();
    private int _count;

    /// <summary>More were wanted than there are; so until the window is over.</summary>
    public bool IsSpent
    {
        get
        {
            Renew();
            return _count > most;
        }
    }

    public void Spend(int count)
    {
        Renew();
        // It stays at one too many, so that nothing overflows.
        _count = (int)Math.Min((long)_count + count, most + 1L);
    }

    private void Renew()
    {
        if (_count > 0 && time.GetElapsedTime(_since) < window) return;
        (_since, _count) = (time.GetTimestamp(), 0);
    }
}
