namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>A personal key.</summary>
internal sealed record PersonKeyShape
{
    [Pattern(Pattern.Id)]
    public required string Id { get; init; }

    [Pattern(Pattern.Sha256)]
    public required string Sha256 { get; init; }

    [Pattern(Pattern.Moment)]
    public string? Expires { get; init; }
}
