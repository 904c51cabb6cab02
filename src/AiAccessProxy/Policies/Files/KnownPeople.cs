using AiAccessProxy.People;

namespace AiAccessProxy.Policies.Files;

/// <summary>What <c>people.yaml</c> says, wrong parts left out, for the files that refer to it.</summary>
internal sealed record KnownPeople(IReadOnlyList<Person> People, IReadOnlyDictionary<string, IReadOnlyList<string>> Groups)
{
    public static KnownPeople None { get; } = new([], new Dictionary<string, IReadOnlyList<string>>());

    public IReadOnlyList<string> Ids => [.. People.Select(person => person.Id)];

    /// <summary>The people whom <c>group:x</c> or <c>person:y</c> means; null when nothing is known of it.</summary>
    public IReadOnlyList<string>? Meant(string reference) => reference.Split(':', 2) switch
    {
        ["group", var group] => Groups.GetValueOrDefault(group),
        ["person", var id] when Ids.Contains(id) => [id],
        _ => null,
    };
}
