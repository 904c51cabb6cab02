using AiAccessProxy.Control.Guarding;
using AiAccessProxy.Control.SignIn;

namespace AiAccessProxy.Control.Pages;

/// <summary>The frame around every page.</summary>
internal static class Layout
{
    private static readonly (string Path, string Text)[] Places =
    [
        ("/", "Pending"), ("/history", "History"), ("/agents", "Agents"), ("/people", "People"), ("/policy", "Policy"), ("/ledger", "Ledger"),
        ("/settings", "Settings"), ("/health", "Health"),
    ];

    /// <param name="place">The path of the page in the navigation that it belongs to; null for none.</param>
    public static Html Of(string title, Viewer? viewer, string? place, DateTimeOffset? now, Html main) => Html.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{title} · AI access</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/assets/app.css">
        <script src="/assets/app.js" defer></script>
        </head>
        <body{Now(now)}>
        <a class="skip" href="#main">Skip to the content</a>
        <header class="bar">
        <a class="brand" href="/">AI access</a>
        {(viewer is null ? Html.None : Navigation(viewer, place))}
        </header>
        {(viewer?.IsLocal == true ? LocalNotice : Html.None)}
        {(viewer?.Notice is { } notice ? Html.Of($"<p class=\"strip\" role=\"note\">{notice}</p>") : Html.None)}
        <main id="main">
        {main}
        </main>
        {(viewer is null ? Html.None : KeysHelp.Dialog)}
        </body>
        </html>

        """);

    private static Html LocalNotice => Html.Of($"""
        <p class="strip" role="note">You came by the local sign-in link, which proves nothing about who you are:
        your votes are recorded as <b>unverified</b>.</p>
        """);

    private static Html Navigation(Viewer viewer, string? place) => Html.Of($"""
        <nav aria-label="Pages">{Html.Each(Places, one => Link(one.Path, one.Text, place))}</nav>
        <form class="who" method="post" action="/sign-out">
        <input type="hidden" name="{FormCheck.Token}" value="{viewer.Session?.FormToken}">
        <span class="name" title="{viewer.Authenticated}">{viewer.Person.Name}</span>
        <button class="quiet">Sign out</button>
        </form>
        """);

    private static Html Link(string path, string text, string? place) =>
        path == place ? Html.Of($"<a href=\"{path}\" aria-current=\"page\">{text}</a>") : Html.Of($"<a href=\"{path}\">{text}</a>");

    /// <summary>The server's clock, so that the script can count down by it and not by the browser's.</summary>
    private static Html Now(DateTimeOffset? now) => now is { } time ? Html.Of($" data-now=\"{time.ToUnixTimeMilliseconds()}\"") : Html.None;
}
