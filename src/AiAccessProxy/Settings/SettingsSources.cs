namespace AiAccessProxy.Settings;

/// <summary>
/// Where settings come from, and nothing else: a file, then the environment, then the command line, the later before the earlier. What hosts
/// of .NET read besides (files by the name of an environment, variables without our prefix, addresses for the server) has no effect.
/// </summary>
internal sealed class SettingsSources(string folder, IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string?> commandLine)
{
    public const string FileName = "appsettings.json";

    public const string Prefix = "AIACCESS__";

    /// <summary>The standard variables of OpenTelemetry go by their own names.</summary>
    private const string Standard = "OTEL_";

    private readonly List<string> _problems = [];

    /// <summary>What could not be read at all.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Variables that look like ours and would set nothing, or that set the same as another.</summary>
    public IEnumerable<string> MisspelledVariables(SettingsRegistry registry)
    {
        foreach (var variable in environment.Keys.Order(StringComparer.Ordinal))
        {
            var isOurs = variable.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);
            if (!isOurs && registry.Sections.SelectMany(section => section.Settings).FirstOrDefault(one => IsMeant(variable, one)) is { } meant)
                yield return $"{variable}: sets nothing; did you mean {meant.Variable}? (environment: {variable})";
            if (isOurs && environment.Keys.FirstOrDefault(other => other != variable && string.Equals(other, variable, StringComparison.OrdinalIgnoreCase)) is { } twin)
                yield return $"{variable}: {twin} sets the same; leave one (environment: {variable})";
        }
    }

    public void AddTo(IConfigurationBuilder settings)
    {
        settings.Sources.Clear();
        settings.AddInMemoryCollection(environment
            .Where(pair => pair.Key.StartsWith(Standard, StringComparison.Ordinal)).Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        settings.AddJsonFile(file =>
        {
            (file.Path, file.Optional, file.ReloadOnChange) = (Path.Combine(folder, FileName), true, false);
            file.ResolveFileProvider();
            file.OnLoadException = failed =>
            {
                _problems.Add($"{FileName}: cannot be read: {failed.Exception.GetBaseException().Message}");
                failed.Ignore = true;
            };
        });
        settings.Add(new EnvironmentProvider(environment));
        settings.Add(new CommandLineProvider(commandLine));
    }

    private static bool IsMeant(string variable, Setting setting) => string.Equals(
        variable.Replace("_", "", StringComparison.Ordinal), setting.Variable.Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
}
