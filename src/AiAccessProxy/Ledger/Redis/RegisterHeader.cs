namespace AiAccessProxy.Ledger.Redis;

/// <summary>What a register's envelope says beside its state. Everything that the store's own indexes say must agree with it.</summary>
/// <param name="Born">The register was created after this position: from here on the stream tells of all its moves.</param>
/// <param name="Due">And the next: microseconds since 1970.</param>
internal sealed record RegisterHeader(string Id, long Revision, long Born, string? Group, long? Due, long? ForgetAfter, IReadOnlyList<string> Keys)
{
    /// <summary>The epoch in which it was sealed, as far as the writer knew.</summary>
    public string Epoch { get; init; } = "";

    /// <summary>For a move without a record (a lease): the seal of the last move that has one.</summary>
    public string? After { get; init; }

    public bool IsLive => Group is not null;
}
