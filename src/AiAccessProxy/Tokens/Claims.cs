using System.Text.Json;

namespace AiAccessProxy.Tokens;

/// <summary>What a token says: each name once (<see cref="CompactToken"/> sees to that).</summary>
internal sealed class Claims(JsonElement members)
{
    // Last second of the year 9999.
    private const double LastSecond = 253_402_300_799;

    public bool Has(string name) => members.TryGetProperty(name, out _);

    /// <summary>A claim that is a text and not empty; null otherwise.</summary>
    public string? Text(string name) =>
        members.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>The texts of a claim that is one text or a list of texts; null when it is anything else.</summary>
    public IReadOnlyList<string>? Texts(string name)
    {
        if (Text(name) is { } one) return [one];
        if (!members.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.Array) return null;
        var texts = new List<string>();
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String) return null;
            texts.Add(item.GetString()!);
        }

        return texts;
    }

    /// <summary>A moment in seconds since 1970 (RFC 7519, section 2). False when there is something else.</summary>
    public bool TryTime(string name, out DateTimeOffset? time)
    {
        time = null;
        if (!members.TryGetProperty(name, out var value)) return true;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var seconds) || seconds is not (>= 0 and <= LastSecond)) return false;
        time = DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(seconds);
        return true;
    }
}
