namespace AiAccessProxy.Settings;

/// <summary>
/// Finds what was set and is no setting. A limit with a slip in its name would otherwise be no limit, and nobody would notice.
/// </summary>
internal sealed class UnknownSettings(GivenSettings given, SettingsRegistry registry)
{
    /// <summary>The section of the logging library, which knows what is in it.</summary>
    private const string Foreign = "Logging";

    /// <summary>Each in words an operator can act on.</summary>
    public IEnumerable<string> Problems() =>
        from one in given.Names()
        where registry.Find(one.Name) is null && !string.Equals(one.Name.Split(':')[0], Foreign, StringComparison.OrdinalIgnoreCase)
        select $"{one.Name}: there is no such setting; {Remedy(one.Name)} ({one.Origin})";

    private string Remedy(string name) => registry.Nearest(name) is { } near ? $"did you mean {near}?" : "docs/settings.md lists them all";
}
