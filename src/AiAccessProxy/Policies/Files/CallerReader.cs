using AiAccessProxy.Policies.Conditions;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Policies.Files;

/// <summary>Reads conditions on who calls, for whom and in which environment. Names that nobody has are refused: they would never match.</summary>
internal sealed class CallerReader(PolicySource source, RouteTerms route)
{
    private const string Anyone = "anyone";

    public IEnumerable<Condition> Read(Section section)
    {
        if (Names(section, "agents", route.Known.Agents?.Ids, "no agent of agents.yaml") is { Count: > 0 } agents)
            yield return new Condition.Agents(agents);
        if (Names(section, "agent_groups", route.Known.Agents?.Groups, "no group that an agent of agents.yaml is in") is { Count: > 0 } groups)
            yield return new Condition.AgentGroups(groups);
        if (OnBehalfOf(section) is { } onBehalfOf) yield return onBehalfOf;
        if (Environments(section) is { } environments) yield return environments;
    }

    private List<string> Names(Section section, string key, IReadOnlyList<string>? known, string wrong)
    {
        var names = section.Texts(key);
        foreach (var name in names.Where(name => known?.Contains(name.Text) == false))
            source.Report(name, $"{name.Told} is {wrong}", Suggestion.For(name.Node.Text, known!));
        return [.. names.Select(name => name.Text).Distinct()];
    }

    private Condition.OnBehalfOf? OnBehalfOf(Section section)
    {
        var written = section.Texts("on_behalf_of");
        var people = new HashSet<string>(StringComparer.Ordinal);
        foreach (var reference in written.Where(reference => reference.Text != Anyone))
        {
            if (route.Known.People.Find(source, reference, "is neither a group nor a person", "write group: or person: before the name, or anyone") is { } meant)
                people.UnionWith(meant);
        }

        if (written.Count == 0) return null;
        return new([.. written.Select(reference => reference.Text).Distinct()], written.Any(reference => reference.Text == Anyone) ? null : people);
    }

    private Condition.Environments? Environments(Section section)
    {
        var names = Names(section, "environment", route.Known.Environments, "the environment of no route");
        if (names.Count == 0) return null;
        if (route.Environment is null)
        {
            section.Report("environment", $"route {route.Route} states no environment, so this cannot be told of its calls",
                "write environment: at the head of the route's file");
        }

        return new(names);
    }
}
