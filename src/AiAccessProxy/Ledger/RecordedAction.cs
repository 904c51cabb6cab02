namespace AiAccessProxy.Ledger;

/// <summary>The action of a record. <see cref="Target"/> has the fields that rules redact replaced; the body stands only as hash and size.</summary>
internal sealed record RecordedAction
{
    public string? Name { get; init; }

    public string? Risk { get; init; }

    public required string Route { get; init; }

    public required string Method { get; init; }

    public required string Target { get; init; }

    /// <summary>Fields that the rules name in <c>show</c>, redacted where they say so.</summary>
    public IReadOnlyDictionary<string, string>? Parameters { get; init; }

    public string? BodySha256 { get; init; }

    public long? BodyBytes { get; init; }

    public string? Digest { get; init; }

    /// <summary>Id of the upstream credential.</summary>
    public string? Credential { get; init; }
}
