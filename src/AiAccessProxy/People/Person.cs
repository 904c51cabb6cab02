namespace AiAccessProxy.People;

/// <summary>Somebody who may own agents, be acted for, and decide. Only people listed in <c>people.yaml</c> exist.</summary>
internal sealed record Person(string Id, string Name, string? Email, IReadOnlyList<PersonKey> Keys)
{
    /// <summary>What OpenID providers call them.</summary>
    public IReadOnlyList<Identity> Identities { get; init; } = [];
}
