using Microsoft.Playwright;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>How a page is looked at: light or dark, at a desk or on a phone.</summary>
internal sealed record Look(string Name, bool IsDark, bool IsPhone)
{
    public static IReadOnlyList<Look> Each { get; } =
        [new("light-desktop", false, false), new("dark-desktop", true, false), new("light-phone", false, true), new("dark-phone", true, true)];

    public ColorScheme Scheme => IsDark ? ColorScheme.Dark : ColorScheme.Light;

    public BrowserNewContextOptions Options => new()
    {
        ColorScheme = Scheme,
        ViewportSize = IsPhone ? new() { Width = 390, Height = 844 } : new() { Width = 1200, Height = 800 },
        IsMobile = IsPhone,
        HasTouch = IsPhone,
        ReducedMotion = ReducedMotion.Reduce,
    };
}
