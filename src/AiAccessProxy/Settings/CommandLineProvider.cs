namespace AiAccessProxy.Settings;

/// <summary>What the command line sets: <c>--gate:hold 50s</c>.</summary>
internal sealed class CommandLineProvider(IReadOnlyDictionary<string, string?> named) : ConfigurationProvider, IConfigurationSource
{
    public override void Load()
    {
        foreach (var (name, value) in named) Data[name] = value;
    }

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;
}
