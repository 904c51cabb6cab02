namespace AiAccessProxy.Settings;

/// <summary>Reads what the program runs with, without secrets. Settings do not change while it runs.</summary>
internal sealed class SettingsInForce(SettingsRegistry registry, GivenSettings given, IServiceProvider services)
{
    /// <summary>In the order of the sections.</summary>
    public IReadOnlyList<SettingInForce> Read() =>
    [
        .. from section in registry.Sections
           let options = section.InForce(services)
           from setting in section.Settings
           select Of(setting, setting.TextIn(options)),
    ];

    private SettingInForce Of(Setting setting, string text) => new(
        setting, setting.IsSecret && text.Length > 0 ? SettingInForce.Hidden : text, given.Find(setting.Name)?.Origin, text == setting.Default);
}
