namespace AiAccessProxy.Actions.Bodies;

/// <summary>The part of the <see cref="BodyBudget"/> that one call has, given back when the call is over. A feature of its request.</summary>
internal sealed class BodyRoom(BodyBudget budget, string agent) : IDisposable
{
    private long _held;

    public long Most => budget.PerAgent;

    /// <summary>Makes this call's part so many bytes, more or fewer than before. Null: done; otherwise it stays what it was.</summary>
    public BodyShortage? TryHold(long bytes)
    {
        var more = bytes - _held;
        if (more > 0 && budget.TryTake(agent, more) is { } shortage) return shortage;
        if (more < 0) budget.Give(agent, -more);
        _held = bytes;
        return null;
    }

    public void Dispose()
    {
        if (_held > 0) budget.Give(agent, _held);
        _held = 0;
    }
}
