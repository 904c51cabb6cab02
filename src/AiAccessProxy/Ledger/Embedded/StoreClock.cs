namespace AiAccessProxy.Ledger.Embedded;

/// <summary>The store's clock: the machine's, but it never goes back, not even over a restart.</summary>
internal sealed class StoreClock(TimeProvider time, DateTimeOffset last)
{
    private long _last = last.UtcTicks;

    public DateTimeOffset Now
    {
        get
        {
            var now = time.GetUtcNow().UtcTicks;
            var last = Interlocked.Read(ref _last);
            while (now > last)
            {
                var seen = Interlocked.CompareExchange(ref _last, now, last);
                if (seen == last) return new(now, TimeSpan.Zero);
                last = seen;
            }

            return new(last, TimeSpan.Zero);
        }
    }
}
