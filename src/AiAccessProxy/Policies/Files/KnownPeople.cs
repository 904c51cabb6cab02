using AiAccessProxy.People;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Policies.Files;

/// <summary>What <c>people.yaml</c> says, wrong parts left out, for the files that refer to it.</summary>
internal sealed record KnownPeople(IReadOnlyList<Person> People, IReadOnlyDictionary<string, IReadOnlyList<string>> Groups)
{
    /// <summary>The file could not be read: nothing that refers to it can be called wrong.</summary>
    public static KnownPeople Unread { get; } = new([], new Dictionary<string, IReadOnlyList<string>>()) { IsRead = false };

    public bool IsRead { get; private init; } = true;

    public IReadOnlyList<string> Ids { get; } = [.. People.Select(person => person.Id)];

    /// <summary>For each key of each agent: the people who answer for what it asks, and so never approve it.</summary>
    public IReadOnlyList<IReadOnlySet<string>> Answering { get; init; } = [];

    /// <summary>The people whom <c>group:x</c> or <c>person:y</c> means; null when nothing is known of it.</summary>
    public IReadOnlyList<string>? Meant(string reference) => reference.Split(':', 2) switch
    {
        ["group", var group] => Groups.GetValueOrDefault(group),
        ["person", var id] when Ids.Contains(id) => [id],
        _ => null,
    };

    /// <summary>The people whom a reference means; null, and reported, when nothing is known of it. Null alone when the file was not read.</summary>
    public IReadOnlyList<string>? Find(PolicySource source, Written reference, string wrong, string remedy)
    {
        if (!IsRead) return null;
        if (Meant(reference.Text) is { } meant) return meant;
        switch (reference.Text.Split(':', 2))
        {
            case ["person", var id]:
                source.Report(reference, $"{reference.Told} is nobody in people.yaml", Suggestion.For(id, Ids));
                break;
            case ["group", var group]:
                source.Report(reference, $"{reference.Told} is no group of people.yaml", Suggestion.For(group, [.. Groups.Keys]));
                break;
            default:
                source.Report(reference, $"{reference.Told} {wrong}", remedy);
                break;
        }

        return null;
    }
}
