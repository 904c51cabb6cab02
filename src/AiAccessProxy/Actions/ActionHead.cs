using System.Collections.Frozen;

namespace AiAccessProxy.Actions;

/// <summary>
/// Everything of a call but its body. <see cref="Headers"/> are the end-to-end fields that would be forwarded, in the order they came:
/// hop-by-hop fields, the agent's credentials and the <c>AiAccess-*</c> context are gone from it.
/// </summary>
internal sealed record ActionHead(string Method, CanonicalTarget Target, IReadOnlyList<HeaderField> Headers, Claims Claims)
{
    /// <summary>The <c>Idempotency-Key</c> of the call; null when it carries none, or when its route says that they are none (<c>volatile_headers</c>).</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Where it came in, so that its route can be looked up again; null for a call that is only told of.</summary>
    public CallAddress? Address { get; init; }

    /// <summary>What upstreams are known to read differently in target and fields: refused unless each is accepted by name.</summary>
    public IReadOnlyList<Unclear> Doubts { get; init; } = [];

    /// <summary>
    /// Parts of which nothing is known, because the call is only told of (a record holds no headers): their fields are unreadable. None of a
    /// call that came in.
    /// </summary>
    public IReadOnlySet<FieldSource> NotKnown { get; init; } = FrozenSet<FieldSource>.Empty;
}
