using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Approvals;

/// <summary>
/// The keys by which identical calls find their ticket: one over agent, digest and <c>Idempotency-Key</c> (or its absence), and, when the
/// call carries such a key, one over agent, route and key, which tells a key that comes with another call. Hashes: a key never grows
/// with what an agent sends, and no two different calls share one.
/// </summary>
internal sealed record TicketKeys(UniqueKey Join, UniqueKey? Idempotency)
{
    public static TicketKeys Of(Ticket ticket) => Of(ticket.Agent.Id, ticket.Action.Route, ticket.Action.Digest!, ticket.IdempotencyKey);

    public static TicketKeys Of(string agent, string route, string digest, string? idempotencyKey) => new(
        Hash("join", agent, digest, idempotencyKey is null ? "without" : "with", idempotencyKey ?? ""),
        idempotencyKey is null ? null : Hash("idempotency", agent, route, idempotencyKey));

    /// <summary>The claims of a move. <paramref name="joinHeir"/> and <paramref name="keyHeir"/>: ended tickets whose keys pass on.</summary>
    public IReadOnlyList<UniqueClaim> Claims(RegisterId? joinHeir, RegisterId? keyHeir) =>
        Idempotency is { } key ? [new(Join, joinHeir), new(key, keyHeir)] : [new(Join, joinHeir)];

    private static UniqueKey Hash(string what, params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return new($"ticket:{what}:{Convert.ToHexStringLower(hash.GetHashAndReset())}");
    }
}
