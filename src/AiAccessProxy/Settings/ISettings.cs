namespace AiAccessProxy.Settings;

/// <summary>
/// The settings of one section: every public property is one, documented by its <see cref="System.ComponentModel.DescriptionAttribute"/>,
/// with its default as initial value. Bound once by <see cref="SettingsRoom"/>, which is how the program knows all that can be set.
/// </summary>
internal interface ISettings
{
    /// <summary>As it stands in names: <c>gate:limits</c>.</summary>
    static abstract string Section { get; }

    /// <summary>
    /// What is wrong beyond types, all of it, in words an operator can act on. Each begins with the setting's name: <c>gate:hold: must not be
    /// negative</c>.
    /// </summary>
    IEnumerable<string> Problems();
}
