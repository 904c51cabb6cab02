using System.Reflection;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Settings;

/// <summary>What can be set in one section.</summary>
/// <param name="InForce">The values that the program runs with.</param>
internal sealed record SettingsSection(string Name, IReadOnlyList<Setting> Settings, Func<IServiceProvider, object> InForce)
{
    public static SettingsSection Of<T>()
        where T : class, ISettings, new()
    {
        var defaults = new T();
        var properties = typeof(T).GetProperties(BindingFlags.Instance | BindingFlags.Public);
        return new(
            T.Section,
            [.. properties.Select(property => new Setting(T.Section, property, defaults))],
            services => services.GetRequiredService<IOptions<T>>().Value);
    }
}
