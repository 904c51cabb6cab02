using AiAccessProxy.Policies.Wording;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Policies.Files;

/// <summary>
/// A mapping of a file, read key by key. What is missing or wrong is reported and read as null: a file with any problem is refused whole,
/// so what such a null leads to is never used.
/// </summary>
internal sealed class Section
{
    private readonly YamlNode.Mapping _mapping;

    private Section(PolicySource source, YamlNode.Mapping mapping, string field) => (Source, _mapping, Field) = (source, mapping, field);

    public PolicySource Source { get; }

    /// <summary>Where in the file or rule this is; empty for the whole.</summary>
    public string Field { get; }

    public int Line => _mapping.Line;

    public YamlNode.Mapping Node => _mapping;

    public IEnumerable<string> Keys => _mapping.Members.Select(member => member.Key);

    /// <summary>Null, and reported, when <paramref name="node"/> is no mapping. Keys beyond <paramref name="known"/> are reported.</summary>
    public static Section? Of(PolicySource source, YamlNode node, string field, params IReadOnlyList<string> known)
    {
        if (Open(source, node, field) is not { } section) return null;
        foreach (var (key, line, _) in section._mapping.Members.Where(member => !known.Contains(member.Key)))
            source.Report(line, section.Of(ValueText.Safe(key)), "this key is not known", Suggestion.For(key, known));
        return section;
    }

    /// <summary>A mapping whose keys are names that the file gives.</summary>
    public static Section? Open(PolicySource source, YamlNode node, string field)
    {
        if (node is YamlNode.Mapping mapping) return new(source, mapping, field);
        source.Report(node.Line, field, $"this is {node.Kind}", "write a mapping of keys and values");
        return null;
    }

    /// <summary>The full name of a key in here.</summary>
    public string Of(string key) => Field.Length == 0 ? key : $"{Field}.{key}";

    public YamlNode? Find(string key) => _mapping.Find(key);

    public bool Has(string key) => Find(key) is not null;

    public int LineOf(string key) => Find(key)?.Line ?? Line;

    public void Report(string key, string message, string remedy) => Source.Report(LineOf(key), Of(key), message, remedy);

    public void Missing(string key, string remedy) => Source.Report(Line, Of(key), "this key is missing", remedy);

    public Written? Read(string key) => Find(key) is { } node ? Source.Read(node, Of(key)) : null;

    public string? Text(string key) => Read(key)?.Text;

    public Written? Required(string key, string remedy)
    {
        if (Has(key)) return Read(key);
        Missing(key, remedy);
        return null;
    }

    /// <summary>The items of a list that may not be empty; none when the key is absent.</summary>
    public IReadOnlyList<(YamlNode Node, string Field)> Items(string key)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case YamlNode.Sequence { Items.Count: > 0 } list:
                return [.. list.Items.Select((item, at) => (item, $"{Of(key)}[{at}]"))];
            case YamlNode.Sequence:
                Report(key, "this list is empty", "list something, or leave the key out");
                return [];
            case var other:
                Report(key, $"this is {other.Kind}", "write a list: [ … ]");
                return [];
        }
    }

    public IReadOnlyList<Written> Texts(string key) => [.. Items(key).Select(item => Source.Read(item.Node, item.Field)).OfType<Written>()];

    /// <summary>One of a few words; null when the key is absent or wrong.</summary>
    public T? Word<T>(string key, IReadOnlyDictionary<string, T> words)
        where T : struct => Read(key) is { } written && IsOneOf(written, words.Keys) ? words[written.Text] : null;

    /// <summary>A list of such words, each once.</summary>
    public IReadOnlyList<T> WordList<T>(string key, IReadOnlyDictionary<string, T> words) =>
        [.. Texts(key).Where(written => IsOneOf(written, words.Keys)).Select(written => words[written.Text]).Distinct()];

    /// <summary>A time span between both bounds; null when the key is absent or wrong.</summary>
    public TimeSpan? Span(string key, TimeSpan least, TimeSpan most)
    {
        if (Read(key) is not { } written) return null;
        if (Quantity.Span(written.Text) is not { } span)
            Source.Report(written, $"{written.Told} is no time span", "write a number and its unit: 500ms, 30s, 10m, 2h, 1d");
        else if (span < least || span > most)
            Source.Report(written, $"{written.Told} is out of range", $"write something from {Quantity.Words(least)} to {Quantity.Words(most)}");
        else
            return span;
        return null;
    }

    /// <summary>Reports what is none of <paramref name="known"/>.</summary>
    public bool IsOneOf(Written written, IEnumerable<string> known)
    {
        if (known.Contains(written.Text, StringComparer.Ordinal)) return true;
        Source.Report(written, $"{written.Told} is not known here", Suggestion.For(written.Node.Text, [.. known]));
        return false;
    }
}
