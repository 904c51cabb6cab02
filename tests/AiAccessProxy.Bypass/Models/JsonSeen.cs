using System.Text;
using System.Text.Json;

namespace AiAccessProxy.Bypass.Models;

/// <summary>How an upstream with some habits reads a JSON object.</summary>
internal static class JsonSeen
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static Func<string, JsonElement?> Of(string mediaType, byte[] body, Habit habits)
    {
        var isLenient = (habits & Habit.ReadsBodiesLeniently) != 0;
        if (body.Length == 0 || (!isLenient && !mediaType.Contains("json", StringComparison.OrdinalIgnoreCase))) return _ => null;
        if (Parsed(isLenient ? InUtf8(body) : body, isLenient ? Lenient : default) is not { ValueKind: JsonValueKind.Object } root) return _ => null;

        return name =>
        {
            var members = root.EnumerateObject().Where(member => NameOf(member) is { } its && Same(its, name, habits)).Select(member => (JsonElement?)member.Value);
            return (habits & Habit.TakesLast) != 0 ? members.LastOrDefault() : members.FirstOrDefault();
        };
    }

    private static bool Same(string member, string name, Habit habits) =>
        (habits & Habit.FoldsCase) != 0 ? Text.Folded(member) == Text.Folded(name) : member == name;

    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: a name, and not the one that is looked for.
            return null;
        }
    }

    private static byte[] InUtf8(byte[] body) => body switch
    {
        [0xEF, 0xBB, 0xBF, ..] => body[3..],
        [0xFF, 0xFE, ..] => Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(body[2..])),
        [0xFE, 0xFF, ..] => Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(body[2..])),
        [_, 0, ..] => Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(body)),
        [0, _, ..] => Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(body)),
        _ => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body)),
    };

    private static JsonElement? Parsed(byte[] body, JsonDocumentOptions options)
    {
        try
        {
            return JsonDocument.Parse(body, options).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
