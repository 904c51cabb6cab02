using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Pages.Rulebook;

/// <summary>What an effect does, in words and as a mark.</summary>
internal static class EffectWords
{
    /// <summary>After "what it matches".</summary>
    public static string Of(Effect effect) => effect switch
    {
        Effect.Allow => "is allowed",
        Effect.Deny => "is denied",
        _ => "waits for people",
    };

    public static Html Badge(Effect effect) => effect switch
    {
        Effect.Allow => Html.Of($"""<span class="status executed">Allows</span>"""),
        Effect.Deny => Html.Of($"""<span class="status denied">Denies</span>"""),
        _ => Html.Of($"""<span class="status asks">Asks people</span>"""),
    };
}
