namespace AiAccessProxy.Settings;

/// <summary>All that can be set, as the rooms have registered it.</summary>
internal sealed class SettingsRegistry(IEnumerable<SettingsSection> sections)
{
    private readonly Dictionary<string, Setting> _byName =
        sections.SelectMany(section => section.Settings).ToDictionary(setting => setting.Name, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<SettingsSection> Sections { get; } = [.. sections];

    /// <summary>The setting of that name, or the list that it is an item of (<c>gate:hosts:0</c>).</summary>
    public Setting? Find(string name) =>
        _byName.GetValueOrDefault(name) is { } setting ? setting
        : name.LastIndexOf(':') is > 0 and var colon && name.Length - colon is > 1 and <= 6 && name.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0
            && _byName.GetValueOrDefault(name[..colon]) is { Kind.IsList: true } list ? list
        : null;

    /// <summary>What somebody who wrote <paramref name="name"/> may have meant.</summary>
    public string? Nearest(string name)
    {
        var last = name[(name.LastIndexOf(':') + 1)..];
        var sameEnd = _byName.Keys.Where(known => known.EndsWith($":{last}", StringComparison.OrdinalIgnoreCase)).ToList();
        return Suggestion.Nearest(name, _byName.Keys) ?? (sameEnd is [var only] ? only : null);
    }
}
