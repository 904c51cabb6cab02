using Microsoft.Playwright;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>The pictures in <c>docs/pictures</c>: of the console at a desk in the light and on a phone in the dark, and of cards in Teams.</summary>
internal static class Pictures
{
    /// <summary>One of each page; its other states are looked at by axe alone.</summary>
    private static readonly string[] Kept =
    [
        "sign-in", "inbox-empty", "inbox", "keys", "ticket", "ticket-sent", "history", "agents", "agent-to-suspend", "agent-suspended", "people",
        "policy", "policy-refused", "ledger", "ledger-open", "settings", "health", "health-alarm", "not-found",
    ];

    private static readonly bool AreTaken = Environment.GetEnvironmentVariable("AIACCESS_TESTS_PICTURES") == "1";

    public static Task TakeAsync(IPage page, string name, Look look) => !AreTaken || look.IsDark != look.IsPhone || !Kept.Contains(name) ? Task.CompletedTask : page.ScreenshotAsync(new()
    {
        Path = Path.Combine(Built.Root, "docs/pictures", $"{name}-{look.Name}.png"),
        Animations = ScreenshotAnimations.Disabled,
        Scale = ScreenshotScale.Css,
        // Else it is hidden by a style on every field, which the page takes for a change of its own.
        Caret = ScreenshotCaret.Initial,
    });

    /// <summary>One part of a page, such as a card in Teams.</summary>
    public static Task TakeAsync(ILocator part, string name) => !AreTaken ? Task.CompletedTask : part.ScreenshotAsync(new()
    {
        Path = Path.Combine(Built.Root, "docs/pictures", $"{name}.png"),
        Animations = ScreenshotAnimations.Disabled,
        Scale = ScreenshotScale.Css,
    });
}
