using System.Text.Encodings.Web;
using System.Text.Json;
using AiAccessProxy.Agents;

namespace AiAccessProxy.Approvals.Roster;

/// <summary>What was decided about an agent, as the bytes of its register: JSON with snake_case names.</summary>
internal static class RosterState
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Write(AgentStanding standing) => JsonSerializer.SerializeToUtf8Bytes(standing, Options);

    /// <exception cref="JsonException">These bytes are no such state.</exception>
    public static AgentStanding Read(ReadOnlySpan<byte> state) =>
        JsonSerializer.Deserialize<AgentStanding>(state, Options) ?? throw new JsonException("A standing is an object, not null.");
}
