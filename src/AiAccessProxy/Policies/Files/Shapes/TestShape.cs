namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>A call and what is expected of it.</summary>
internal sealed record TestShape
{
    public required string Name { get; init; }

    public required RequestShape Request { get; init; }

    public required ExpectShape Expect { get; init; }
}
