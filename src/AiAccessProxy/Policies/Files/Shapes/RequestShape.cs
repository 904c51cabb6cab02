using System.ComponentModel;
using System.Text.Json;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>A call.</summary>
internal sealed record RequestShape
{
    [Description("Id of the agent.")]
    public required string Agent { get; init; }

    [Pattern(Pattern.Person)]
    public string? OnBehalfOf { get; init; }

    public required string Method { get; init; }

    [Description("After the route's prefix, as it is sent.")]
    public required string Path { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Query { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Headers { get; init; }

    [Description("Sent as JSON.")]
    public JsonElement? Body { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Form { get; init; }

    [Description("Sent as it is.")]
    public string? RawBody { get; init; }

    public string? Host { get; init; }

    public string? Time { get; init; }
}
