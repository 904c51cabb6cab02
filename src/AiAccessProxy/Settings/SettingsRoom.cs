using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Settings;

/// <summary>The one way in which rooms come by their settings.</summary>
internal static class SettingsRoom
{
    /// <summary>
    /// Has <typeparamref name="T"/> bound and checked at start, and its settings known. <c>IOptions&lt;T&gt;</c> gives them.
    /// </summary>
    /// <param name="settings">All of them: the section is the class's own.</param>
    public static IServiceCollection AddSettings<T>(this IServiceCollection services, IConfiguration settings)
        where T : class, ISettings, new()
    {
        services.TryAddSingleton(new GivenSettings(settings));
        services.TryAddSingleton<SettingsRegistry>();
        services.TryAddSingleton<UnknownSettings>();
        services.TryAddSingleton<SettingsInForce>();
        services.AddOptions<T>().ValidateOnStart();
        return services
            .AddSingleton(SettingsSection.Of<T>())
            .AddSingleton<SettingsBinding<T>>()
            .AddSingleton<IConfigureOptions<T>>(provider => provider.GetRequiredService<SettingsBinding<T>>())
            .AddSingleton<IValidateOptions<T>>(provider => provider.GetRequiredService<SettingsBinding<T>>());
    }
}
