namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>A key of an agent.</summary>
internal sealed record AgentKeyShape
{
    [Pattern(Pattern.Id)]
    public required string Id { get; init; }

    [Pattern(Pattern.Sha256)]
    public required string Sha256 { get; init; }

    [Pattern(Pattern.Moment)]
    public string? Expires { get; init; }

    [Pattern(Pattern.Person)]
    public string? OnBehalfOf { get; init; }
}
