namespace AiAccessProxy.Control.Api.Shapes;

/// <summary>Somebody whom <c>people.yaml</c> lists.</summary>
/// <param name="Owns">Ids of the agents that they answer for.</param>
internal sealed record PersonJson(
    string Id, string Name, string? Email, IReadOnlyList<string> Groups, IReadOnlyList<PersonKeyJson> Keys, IReadOnlyList<string> Owns);
