using System.ComponentModel;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>Conditions; all of those that are written have to be met.</summary>
[Schema("""{ "minProperties": 1 }""")]
internal sealed record MatchShape
{
    [Description("In capital letters. HEAD is not GET.")]
    [Pattern(Pattern.Method)]
    public IReadOnlyList<string>? Methods { get; init; }

    [Description("{name} or * is any one segment, ** any number: /v1/users/{user}/**.")]
    [Pattern(Pattern.Path)]
    public IReadOnlyList<string>? Paths { get; init; }

    public IReadOnlyList<WhereShape>? Where { get; init; }

    public IReadOnlyList<string>? Agents { get; init; }

    public IReadOnlyList<string>? AgentGroups { get; init; }

    [Description("person:id, group:name, or anyone.")]
    [Pattern(Pattern.Caller)]
    public IReadOnlyList<string>? OnBehalfOf { get; init; }

    public IReadOnlyList<string>? Environment { get; init; }

    public TimeShape? Time { get; init; }

    [Description("One of these.")]
    public IReadOnlyList<MatchShape>? Any { get; init; }

    [Description("All of these.")]
    public IReadOnlyList<MatchShape>? All { get; init; }

    public MatchShape? Not { get; init; }

    public MatchShape? Except { get; init; }
}
