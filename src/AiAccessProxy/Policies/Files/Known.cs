namespace AiAccessProxy.Policies.Files;

/// <summary>What the files of a folder say for each other to refer to.</summary>
/// <param name="Agents">Null when the file could not be read: nothing that refers to it can be called wrong.</param>
/// <param name="Environments">Those of all routes, as written.</param>
internal sealed record Known(KnownPeople People, KnownAgents? Agents, IReadOnlyList<string> Environments)
{
    /// <summary>Null when there is no <c>global.yaml</c>.</summary>
    public GlobalFile? Global { get; init; }
}
