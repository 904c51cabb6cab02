namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>people.yaml.</summary>
internal sealed record PeopleShape
{
    [Words("1")]
    public required int Version { get; init; }

    public required IReadOnlyList<PersonShape> People { get; init; }

    [Schema(Pattern.ById)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Groups { get; init; }
}
