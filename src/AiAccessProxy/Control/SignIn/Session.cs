namespace AiAccessProxy.Control.SignIn;

/// <summary>A browser that a person has signed in with.</summary>
/// <param name="Proof">What it rests on: it ends when the person loses that.</param>
/// <param name="FormToken">Has to come back with every form (against cross-site request forgery).</param>
/// <param name="Opened">Monotonic time stamp.</param>
internal sealed record Session(string Person, string Authenticated, SessionProof Proof, string FormToken, long Opened)
{
    private long _used = Opened;

    public long Used => Volatile.Read(ref _used);

    /// <summary>Whoever used it last, here or at another instance.</summary>
    public void Use(long now)
    {
        for (var used = Used; used < now; used = Used) Interlocked.CompareExchange(ref _used, now, used);
    }
}
