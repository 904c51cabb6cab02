using System.Collections.Immutable;

namespace AiAccessProxy.Ledger.Embedded;

/// <summary>A register with what its last move said about it.</summary>
internal sealed record Held(Register Register)
{
    public string? LiveGroup { get; init; }

    public DateTimeOffset? Due { get; init; }

    public DateTimeOffset? ForgetAfter { get; init; }

    public ImmutableArray<UniqueKey> Keys { get; init; } = [];

    public RegisterId Id => Register.Id;

    public bool IsForgotten(DateTimeOffset now) => !Register.IsLive && ForgetAfter <= now;

    public static Held After(Move move) => new(new Register(move.Id, move.FromRevision + 1, move.State, move.LiveGroup is not null))
    {
        LiveGroup = move.LiveGroup,
        Due = move.Due,
        ForgetAfter = move.ForgetAfter,
        Keys = [.. move.Unique.Select(claim => claim.Key)],
    };
}
