using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Control.Pages.Operating;

/// <summary>What the program runs with, section by section. Secrets are hidden before they come here.</summary>
internal static class SettingsPage
{
    public static Html Of(Viewer viewer, IReadOnlyList<SettingInForce> settings, DateTimeOffset now) => Layout.Of("Settings", viewer, "/settings", now, Html.Of($"""
        <h1>Settings</h1>
        <p class="hint">What this proxy was started with; {settings.Count(IsSet)} of {settings.Count} are set, the others are as they come. They do not change
        while it runs: change them where they are set and start it again. All are explained in <code>docs/settings.md</code>.</p>
        {Html.Each(Sections(settings), section => Section(section.Key, [.. section]))}
        """));

    /// <summary>As in the reference: by name, and within a section as it was written.</summary>
    private static IEnumerable<IGrouping<string, SettingInForce>> Sections(IReadOnlyList<SettingInForce> settings) =>
        settings.GroupBy(one => one.Setting.Name[..one.Setting.Name.LastIndexOf(':')]).OrderBy(section => section.Key, StringComparer.Ordinal);

    private static bool IsSet(SettingInForce setting) => setting.Origin is not null;

    private static Html Section(string name, IReadOnlyList<SettingInForce> settings) => Html.Of($"""
        <section class="card" data-section="{name}">
        <h2><code>{name}</code></h2>
        <dl class="settings">
        {Html.Each(settings, Row)}
        </dl>
        </section>
        """);

    private static Html Row(SettingInForce one) => Html.Of($"""
        <div data-setting="{one.Setting.Name}"{(IsSet(one) ? Html.Of($" class=\"set\"") : Html.None)}>
        <dt><code>{one.Setting.Name[(one.Setting.Name.LastIndexOf(':') + 1)..]}</code></dt>
        <dd>{Value(one)} {(one.Origin is { } origin ? Html.Of($"<span class=\"mark\">set by {origin}</span>") : Html.None)}
        <small>{one.Setting.Description.Replace("`", "", StringComparison.Ordinal)}</small></dd>
        </div>

        """);

    private static Html Value(SettingInForce one) => one switch
    {
        { Setting.IsSecret: true, Value.Length: > 0 } => Html.Of($"<em>set, and hidden</em>"),
        { Value.Length: 0 } => Html.Of($"<em>nothing</em>"),
        _ => Html.Of($"<code data-value>{one.Value}</code>"),
    };
}
