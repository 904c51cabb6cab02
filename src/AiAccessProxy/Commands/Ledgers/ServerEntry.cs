using System.Text.Json;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Commands.Ledgers;

/// <summary>A record of the ledger as a server tells it.</summary>
internal static class ServerEntry
{
    /// <exception cref="JsonException">It is none.</exception>
    public static Entry Of(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty("position", out var position) && position.TryGetInt64(out var number)
        && json.TryGetProperty("stored_at", out var stored) && stored.TryGetDateTimeOffset(out var time)
            ? new(new(number), time, json.Deserialize<LedgerRecord>(RecordJson.Options) ?? throw new JsonException("no record"), default)
            : throw new JsonException("a record without its place");

    /// <summary>Every member in a line of its own, with the path to it.</summary>
    public static IEnumerable<string> Lines(JsonElement json, string path = "") => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => Lines(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}")),
        JsonValueKind.Array => json.EnumerateArray().SelectMany((item, at) => Lines(item, $"{path}[{at}]")),
        _ => [$"{TerminalText.Of(path),-28}  {TerminalText.Of(json.ToString())}"],
    };
}
