namespace AiAccessProxy.Policies;

/// <summary>Holds the snapshot in force. Readers take <see cref="Current"/> once for each call.</summary>
internal sealed class PolicyStore(PolicySnapshot first)
{
    private volatile PolicySnapshot _current = first;

    public PolicySnapshot Current => _current;

    public void Swap(PolicySnapshot next) => _current = next;
}
