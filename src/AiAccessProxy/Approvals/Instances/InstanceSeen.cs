using System.Text.Json;

namespace AiAccessProxy.Approvals.Instances;

/// <summary>A process that works on the ledger, as it says itself.</summary>
/// <param name="Policy">Content hash of the rules by which it decides.</param>
/// <param name="Seen">When it last said so.</param>
internal sealed record InstanceSeen(string Name, string Version, string Policy, DateTimeOffset Started, DateTimeOffset Seen)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <exception cref="JsonException">These bytes are no instance.</exception>
    public static InstanceSeen Read(ReadOnlySpan<byte> state) =>
        JsonSerializer.Deserialize<InstanceSeen>(state, Options) ?? throw new JsonException("An instance is an object, not null.");
}
