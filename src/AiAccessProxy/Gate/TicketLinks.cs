using System.Text.Json.Serialization;

namespace AiAccessProxy.Gate;

/// <summary>Where the agent asks after its ticket, and where it withdraws it (POST).</summary>
internal sealed record TicketLinks(
    [property: JsonPropertyName("status")] Uri Status, [property: JsonPropertyName("cancel")] Uri Cancel);
