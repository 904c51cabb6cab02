namespace AiAccessProxy.Approvals.Teams.Cards;

/// <summary>What a denial may give as its reason by a choice; the agent is told in these words.</summary>
internal static class DenyReasons
{
    public static IReadOnlyList<(string Value, string Words)> All { get; } =
    [
        ("not-needed", "This is not needed"),
        ("wrong", "The target or a value is wrong"),
        ("too-risky", "This is too risky as it is"),
        ("unclear", "It is not clear why this is wanted"),
    ];

    /// <summary>The reason of a denial; null when neither was given.</summary>
    public static string? Of(string? choice, string? typed)
    {
        var chosen = All.FirstOrDefault(reason => reason.Value == choice).Words;
        var words = string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
        return (chosen, words) switch
        {
            ({ } first, { } more) => $"{first}: {more}",
            _ => chosen ?? words,
        };
    }
}
