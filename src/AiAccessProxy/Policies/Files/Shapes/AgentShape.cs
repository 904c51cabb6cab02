using System.ComponentModel;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>A program that calls APIs.</summary>
[Schema("""{ "anyOf": [{ "required": ["keys"] }, { "required": ["tokens"] }] }""")]
internal sealed record AgentShape
{
    [Pattern(Pattern.Id)]
    public required string Id { get; init; }

    [Description("The person who answers for it.")]
    [Pattern(Pattern.Person)]
    public required string Owner { get; init; }

    [Pattern(Pattern.Id)]
    public IReadOnlyList<string>? Groups { get; init; }

    public IReadOnlyList<AgentKeyShape>? Keys { get; init; }

    public IReadOnlyList<AgentTokenShape>? Tokens { get; init; }
}
