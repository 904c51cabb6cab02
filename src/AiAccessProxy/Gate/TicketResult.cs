using System.Text.Json.Serialization;

namespace AiAccessProxy.Gate;

/// <summary>The one execution of an approved call; <paramref name="UpstreamStatus"/> is null while no answer is known.</summary>
internal sealed record TicketResult(
    [property: JsonPropertyName("started_at")] DateTimeOffset StartedAt,
    [property: JsonPropertyName("ended_at")] DateTimeOffset? EndedAt,
    [property: JsonPropertyName("record")] Guid Record,
    [property: JsonPropertyName("upstream_status")] int? UpstreamStatus);
