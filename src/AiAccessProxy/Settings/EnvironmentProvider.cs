namespace AiAccessProxy.Settings;

/// <summary>The variables that set something of ours: <c>AIACCESS__GATE__HOLD</c> sets <c>gate:hold</c>.</summary>
internal sealed class EnvironmentProvider(IReadOnlyDictionary<string, string> environment) : ConfigurationProvider, IConfigurationSource
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.OrdinalIgnoreCase);

    public override void Load()
    {
        foreach (var (variable, value) in environment.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!variable.StartsWith(SettingsSources.Prefix, StringComparison.OrdinalIgnoreCase)) continue;
            var name = variable[SettingsSources.Prefix.Length..].Replace("__", ":", StringComparison.Ordinal);
            (Data[name], _variables[name]) = (value, variable);
        }
    }

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <summary>As it was spelled.</summary>
    public string VariableOf(string name) =>
        _variables.GetValueOrDefault(name) ?? SettingsSources.Prefix + name.Replace(":", "__", StringComparison.Ordinal).ToUpperInvariant();
}
