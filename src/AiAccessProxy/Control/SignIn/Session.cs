namespace AiAccessProxy.Control.SignIn;

/// <summary>A browser that a person has signed in with.</summary>
/// <param name="Key">Hash of the personal key that opened it; null for a local link. The session ends when the person loses that key.</param>
/// <param name="FormToken">Has to come back with every form (against cross-site request forgery).</param>
/// <param name="Opened">Monotonic time stamp.</param>
internal sealed record Session(string Person, string Authenticated, string? Key, string FormToken, long Opened)
{
    private long _used = Opened;

    public long Used => Volatile.Read(ref _used);

    public void Use(long now) => Volatile.Write(ref _used, now);
}
