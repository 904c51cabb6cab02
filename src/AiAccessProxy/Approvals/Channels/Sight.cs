using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Channels;

/// <summary>A ticket as somebody looks at it: how it stands, under which rules, and when.</summary>
/// <param name="Console">Address of the console, without the ticket.</param>
internal sealed record Sight(Standing Standing, PolicySnapshot Rules, DateTimeOffset Now, Uri Console)
{
    /// <summary>Id of the person; null: everybody in a place, of whom nothing is known.</summary>
    public string? Viewer { get; init; }

    public Ticket Ticket => Standing.Ticket;
}
