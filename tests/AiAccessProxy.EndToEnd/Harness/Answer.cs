using System.Text.Json;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>What an agent or a reviewer got. <see cref="At"/> is the timestamp of <see cref="TimeProvider.System"/> when it was there whole.</summary>
internal sealed record Answer(int Status, string Body, IReadOnlyDictionary<string, string> Headers, long At)
{
    private const string ProblemPrefix = "urn:ai-access:problem:";

    /// <summary>Of HTTP.</summary>
    public Version? Version { get; init; }

    /// <summary>The kind of our own problem; null for an upstream's answer, and for one to HEAD.</summary>
    public string? Problem =>
        Body.Length > 0 && Headers.GetValueOrDefault("Content-Type", "").StartsWith("application/problem+json", StringComparison.Ordinal)
            ? Json.GetProperty("type").GetString()![ProblemPrefix.Length..]
            : null;

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>Id of the ticket that a problem or a 202 speaks of.</summary>
    public string Ticket => (Json.TryGetProperty("task", out var task) ? task : Json).GetProperty("id").GetString()!;

    /// <summary>Status and kind in one word, for counting: <c>422 already-executed</c>.</summary>
    public string Said => Problem is { } kind ? $"{Status} {kind}" : $"{Status}";

    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        var fields = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(field => field.Key, field => string.Join(", ", field.Value), StringComparer.OrdinalIgnoreCase);
        return new((int)response.StatusCode, body, fields, TimeProvider.System.GetTimestamp()) { Version = response.Version };
    }

    public override string ToString() => $"{Said}: {Body}";
}
