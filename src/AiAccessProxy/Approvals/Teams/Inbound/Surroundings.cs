namespace AiAccessProxy.Approvals.Teams.Inbound;

/// <summary>Who or what is in a conversation where the bot was installed.</summary>
/// <param name="Bot">What the bot is called there (<c>28:…</c>), for opening other conversations.</param>
internal sealed record Surroundings(string Bot)
{
    /// <summary>Id of the team; for a channel.</summary>
    public string? Team { get; init; }

    /// <summary>Object id in Entra ID of the person; for a personal chat.</summary>
    public string? ObjectId { get; init; }

    /// <summary>What its connector calls that person (<c>29:…</c>).</summary>
    public string? User { get; init; }
}
