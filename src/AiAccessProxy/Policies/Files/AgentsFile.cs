using AiAccessProxy.Agents;
using AiAccessProxy.Tokens;

namespace AiAccessProxy.Policies.Files;

/// <summary>Reads <c>agents.yaml</c>.</summary>
/// <param name="foreign">Audiences of the control plane, which no agent's token may have.</param>
internal sealed class AgentsFile(PolicySource source, KeyReader keys, KnownPeople people, IReadOnlySet<string> foreign)
{
    public (IReadOnlyList<Issuer> Issuers, IReadOnlyList<AgentEntry> Agents) Read(YamlNode.Mapping file)
    {
        if (Section.Of(source, file, "", "version", "issuers", "agents") is not { } root) return ([], []);
        root.CheckVersion();
        if (!root.Has("agents")) root.Missing("agents", "list the programs that may call");

        var issuers = new IssuersReader(source, foreign).Read(root);
        var agents = new List<AgentEntry>();
        foreach (var (node, field) in root.Items("agents"))
        {
            if (Agent(node, field, issuers) is not { } entry) continue;
            if (agents.Exists(other => other.Agent.Id == entry.Agent.Id))
                source.Report(node.Line, $"{field}.id", $"there is an agent {entry.Agent.Id} already", "give each agent an id of its own");
            else
                agents.Add(entry);
        }

        return (issuers, agents);
    }

    private AgentEntry? Agent(YamlNode node, string field, IReadOnlyList<Issuer> issuers)
    {
        if (Section.Of(source, node, field, "id", "owner", "groups", "keys", "tokens") is not { } section) return null;
        var id = section.Id();
        var owner = section.Required("owner", "name the person who answers for this agent, as in person:ada") is { } written
            ? section.Person(written, people)
            : null;
        var groups = section.Texts("groups");
        foreach (var group in groups.Where(group => !Names.IsId(group.Text)))
            source.Report(group, $"{group.Told} is no id", Names.Remedy);
        if (!section.Has("keys") && !section.Has("tokens")) section.Missing("keys", "give the agent a key, or tokens of an issuer, or it can never call");

        var held = new List<AgentKey>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (item, at) in section.Items("keys"))
        {
            if (Section.Of(source, item, at, "id", "sha256", "expires", "on_behalf_of") is not { } key) continue;
            var read = keys.Read(key, $"agent {id}", ids);
            var onBehalfOf = key.Read("on_behalf_of") is { } person ? key.Person(person, people) : null;
            if (read is { } found) held.Add(new(found.Id, found.Sha256, found.Expires, onBehalfOf));
        }

        var tokens = AgentTokenReader.Read(section, issuers);
        return id is null ? null : new(new(id, owner ?? "", [.. groups.Select(group => group.Text).Distinct()]), held, tokens);
    }
}
