using System.Reflection;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Tests.Settings;

/// <summary>Every section of the program, found in what was compiled.</summary>
internal static class AllSettings
{
    public static IReadOnlyList<Type> Types { get; } =
    [
        .. typeof(ISettings).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(ISettings)))
            .OrderBy(type => SectionOf(type).Name, StringComparer.Ordinal),
    ];

    public static SettingsRegistry Registry { get; } = new(Types.Select(SectionOf));

    public static IReadOnlyList<Setting> All { get; } = [.. Registry.Sections.SelectMany(section => section.Settings)];

    private static SettingsSection SectionOf(Type type) => (SettingsSection)typeof(SettingsSection)
        .GetMethod(nameof(SettingsSection.Of), BindingFlags.Static | BindingFlags.Public)!.MakeGenericMethod(type).Invoke(null, null)!;
}
