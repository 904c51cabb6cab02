using AiAccessProxy.Actions;

namespace AiAccessProxy.Policies.Trials;

/// <summary>
/// A call as somebody describes it, to see what a policy says of it. It is made into a request (<see cref="TrialRequest"/>) and read as
/// every request is, so nothing in here has been checked.
/// </summary>
internal sealed record TrialCall
{
    /// <summary>Id of the agent.</summary>
    public required string Agent { get; init; }

    /// <summary>Id of the person whom the agent acts for; null for nobody.</summary>
    public string? OnBehalfOf { get; init; }

    public required string Method { get; init; }

    /// <summary>As it stands on the wire, escapes and query included: after the prefix of <see cref="Route"/>, or whole where that is null.</summary>
    public required string Path { get; init; }

    /// <summary>Id of the route that the call is meant for; null to find it by its path, as for a call that comes in.</summary>
    public string? Route { get; init; }

    public string? Host { get; init; }

    public IReadOnlyList<HeaderField> Headers { get; init; } = [];

    /// <summary>Null for no body.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>The Content-Type where <see cref="Headers"/> names none.</summary>
    public string? ContentType { get; init; }

    /// <summary>When the call is made; null where that is not said: then every condition on time is unknown.</summary>
    public DateTimeOffset? Time { get; init; }
}
