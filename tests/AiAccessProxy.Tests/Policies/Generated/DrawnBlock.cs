namespace AiAccessProxy.Tests.Policies.Generated;

/// <summary>A block of conditions, as <c>match</c> or a group holds it.</summary>
internal sealed record DrawnBlock(
    IReadOnlyList<string> Methods, IReadOnlyList<string> Paths, IReadOnlyList<DrawnWhere> Where, IReadOnlyList<DrawnBlock> Any, IReadOnlyList<DrawnBlock> All)
{
    public DrawnBlock? Not { get; init; }

    public DrawnBlock? Except { get; init; }

    public IReadOnlyList<string> Agents { get; init; } = [];

    public IReadOnlyList<string> AgentGroups { get; init; } = [];

    public IReadOnlyList<string> OnBehalfOf { get; init; } = [];

    public IReadOnlyList<string> Environments { get; init; } = [];

    public DrawnTime? Time { get; init; }

    public string Yaml
    {
        get
        {
            List<string> parts = [];
            if (Methods.Count > 0) parts.Add($"methods: [{string.Join(", ", Methods)}]");
            if (Paths.Count > 0) parts.Add($"paths: [{string.Join(", ", Paths.Select(path => $"\"{path}\""))}]");
            if (Agents.Count > 0) parts.Add($"agents: [{string.Join(", ", Agents)}]");
            if (AgentGroups.Count > 0) parts.Add($"agent_groups: [{string.Join(", ", AgentGroups)}]");
            if (OnBehalfOf.Count > 0) parts.Add($"on_behalf_of: [{string.Join(", ", OnBehalfOf)}]");
            if (Environments.Count > 0) parts.Add($"environment: [{string.Join(", ", Environments)}]");
            if (Time is not null) parts.Add($"time: {Time.Yaml}");
            if (Where.Count > 0) parts.Add($"where: [{string.Join(", ", Where.Select(where => where.Yaml))}]");
            if (Any.Count > 0) parts.Add($"any: [{string.Join(", ", Any.Select(block => block.Yaml))}]");
            if (All.Count > 0) parts.Add($"all: [{string.Join(", ", All.Select(block => block.Yaml))}]");
            if (Not is not null) parts.Add($"not: {Not.Yaml}");
            if (Except is not null) parts.Add($"except: {Except.Yaml}");
            return $"{{ {string.Join(", ", parts)} }}";
        }
    }
}
