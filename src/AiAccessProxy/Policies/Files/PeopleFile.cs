using AiAccessProxy.People;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Policies.Files;

/// <summary>Reads <c>people.yaml</c>.</summary>
internal sealed class PeopleFile(PolicySource source, KeyReader keys)
{
    private readonly IdentityReader _identities = new();

    public KnownPeople Read(YamlNode.Mapping file)
    {
        if (Section.Of(source, file, "", "version", "people", "groups") is not { } root) return KnownPeople.Unread;
        root.CheckVersion();
        if (!root.Has("people")) root.Missing("people", "list the people who may own agents and decide");

        var items = root.Items("people");
        if (items.Count == 0) return KnownPeople.Unread;

        var people = new List<Person>();
        foreach (var (node, field) in items)
        {
            if (Person(node, field) is not { } person) continue;
            if (people.Exists(other => other.Id == person.Id))
                source.Report(node.Line, $"{field}.id", $"there is a person {person.Id} already", "give each person an id of their own");
            else
                people.Add(person);
        }

        return new(people, Groups(root, people));
    }

    private Person? Person(YamlNode node, string field)
    {
        if (Section.Of(source, node, field, "id", "name", "email", "keys", "entra", "oidc") is not { } section) return null;
        var id = section.Id();
        var name = section.Required("name", "write the name that reviewers and auditors see");
        var held = new List<PersonKey>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (item, at) in section.Items("keys"))
        {
            if (Section.Of(source, item, at, "id", "sha256", "expires") is { } key && keys.Read(key, $"person {id}", ids) is { } read)
                held.Add(new(read.Id, read.Sha256, read.Expires));
        }

        var email = section.Text("email");
        var identities = _identities.Read(section, $"person {id}");
        return id is null ? null : new(id, name?.Text ?? id, email, held) { Identities = identities };
    }

    private Dictionary<string, IReadOnlyList<string>> Groups(Section root, List<Person> people)
    {
        var groups = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (root.Find("groups") is not { } node || Section.Open(source, node, "groups") is not { } section) return groups;
        string[] known = [.. people.Select(person => person.Id)];
        foreach (var name in section.Keys)
        {
            if (!Names.IsId(name)) section.Report(name, $"{Wording.ValueText.Quoted(name)} is no id", Names.Remedy);
            var members = section.Texts(name);
            foreach (var member in members.Where(member => !known.Contains(member.Text)))
                source.Report(member, $"{member.Told} is nobody in people.yaml", Suggestion.For(member.Node.Text, known));
            groups[name] = [.. members.Select(member => member.Text).Where(known.Contains).Distinct()];
        }

        return groups;
    }
}
