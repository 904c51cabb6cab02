namespace AiAccessProxy.Approvals.Teams.Chat;

/// <summary>What somebody asks of the bot in words.</summary>
internal abstract record BotCommand
{
    /// <summary>As the app's manifest lists them: what is typed, and what it does.</summary>
    public static readonly IReadOnlyList<(string Typed, string Does)> Known =
    [
        ("pending", "Tickets that wait for people, those first that you may decide"),
        ("show", "One ticket: show and the beginning of its id"),
        ("who am i", "Whom this proxy takes you for, and what you may do"),
        ("suspend", "Stop an agent: suspend, its id, and why"),
        ("help", "What the bot understands"),
    ];

    private BotCommand()
    {
    }

    public sealed record Pending : BotCommand;

    /// <param name="Ticket">Its id, or how that begins.</param>
    public sealed record Show(string Ticket) : BotCommand;

    public sealed record WhoAmI : BotCommand;

    public sealed record Suspend(string Agent, string? Why) : BotCommand;

    /// <summary>Asked for, or nothing else was meant.</summary>
    public sealed record Help : BotCommand;

    public static BotCommand Read(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length == 0 ? new Help() : (words[0].ToLowerInvariant(), words.Length) switch
        {
            ("pending", 1) => new Pending(),
            ("show", 2) => new Show(words[1].ToLowerInvariant()),
            ("who", _) when string.Join(' ', words).TrimEnd('?').Equals("who am i", StringComparison.OrdinalIgnoreCase) => new WhoAmI(),
            ("whoami", 1) => new WhoAmI(),
            ("suspend", >= 2) => new Suspend(words[1], words.Length > 2 ? string.Join(' ', words[2..]) : null),
            _ => new Help(),
        };
    }
}
