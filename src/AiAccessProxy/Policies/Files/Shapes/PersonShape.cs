using System.ComponentModel;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>Somebody who may own agents, be acted for, and decide.</summary>
internal sealed record PersonShape
{
    [Pattern(Pattern.Id)]
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string? Email { get; init; }

    public IReadOnlyList<PersonKeyShape>? Keys { get; init; }

    [Description("The user's object id in Entra ID.")]
    [Pattern(Pattern.ObjectId)]
    public string? Entra { get; init; }

    public IReadOnlyList<IdentityShape>? Oidc { get; init; }
}
