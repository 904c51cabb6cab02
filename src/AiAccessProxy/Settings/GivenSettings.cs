using Microsoft.Extensions.Configuration.Json;

namespace AiAccessProxy.Settings;

/// <summary>
/// What was set, and by which source. The last source that says anything of a setting has all of it: lists are not merged item by item, as
/// the configuration underneath would, or a shorter list would keep the tail of a longer one.
/// </summary>
internal sealed class GivenSettings(IConfiguration settings)
{
    private IEnumerable<IConfigurationProvider> Sources =>
        settings is IConfigurationRoot root ? root.Providers : throw new ArgumentException("Settings are bound from the root.", nameof(settings));

    /// <summary>Null: nobody sets it.</summary>
    public Given? Find(string name)
    {
        foreach (var source in Sources.Reverse())
        {
            var items = source.GetChildKeys([], name).Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(key => source.TryGet($"{name}:{key}", out var item) ? item : null).OfType<string>().ToList();
            var text = source.TryGet(name, out var found) ? found : null;
            if (text is not null || items.Count > 0) return new(text, items, OriginOf(source, name));
        }

        return null;
    }

    /// <summary>Every name that a source of ours sets anything under, whether or not there is such a setting.</summary>
    public IEnumerable<(string Name, string Origin)> Names() =>
        from source in Sources
        where OriginOf(source, "").Length > 0
        from name in Under(source, null)
        select (name, OriginOf(source, name));

    private static IEnumerable<string> Under(IConfigurationProvider source, string? parent)
    {
        foreach (var key in source.GetChildKeys([], parent).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var name = parent is null ? key : $"{parent}:{key}";
            // A section without anything in it, or with null in the place of it, has no text.
            if (source.TryGet(name, out var text) && !string.IsNullOrEmpty(text)) yield return name;
            foreach (var below in Under(source, name)) yield return below;
        }
    }

    private static string OriginOf(IConfigurationProvider source, string name) => source switch
    {
        JsonConfigurationProvider { Source.Path: var path } => path ?? "JSON",
        EnvironmentProvider environment => $"environment: {environment.VariableOf(name)}",
        CommandLineProvider => $"command line: --{name}",
        _ => "",
    };
}
