using AiAccessProxy.Settings;

namespace AiAccessProxy.Policies.Files;

/// <summary>Ids of routes, rules, credentials, agents, people, groups and keys.</summary>
internal static class Names
{
    public const string Remedy = "use up to 64 letters, digits, '-', '_' and '.', beginning with a letter or digit";

    public static bool IsId(string text) =>
        text.Length is > 0 and <= 64 && char.IsAsciiLetterOrDigit(text[0])
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');

    /// <summary>The id that <paramref name="key"/> holds; null, and reported, when there is none.</summary>
    public static string? Id(this Section section, string key = "id")
    {
        if (section.Required(key, "give it a name of its own") is not { } written) return null;
        if (IsId(written.Text)) return written.Text;
        section.Source.Report(written, $"{written.Told} is no id", Remedy);
        return null;
    }

    /// <summary>The id of <c>person:id</c>; null, and reported, when it is none or nobody has it.</summary>
    public static string? Person(this Section section, Written written, KnownPeople people)
    {
        if (written.Text.Split(':', 2) is not ["person", var id])
        {
            section.Source.Report(written, $"{written.Told} names no person", "write person: and an id of people.yaml, as in person:ada");
            return null;
        }

        if (!people.IsRead || people.Ids.Contains(id)) return id;
        section.Source.Report(written, $"{written.Told} is nobody in people.yaml", Suggestion.For(id, people.Ids));
        return null;
    }
}
