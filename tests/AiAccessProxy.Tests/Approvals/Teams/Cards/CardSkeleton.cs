using System.Text.Json;
using System.Text.RegularExpressions;

namespace AiAccessProxy.Tests.Approvals.Teams.Cards;

/// <summary>A card without what is written in its text runs: what it means and can do.</summary>
internal static partial class CardSkeleton
{
    public static IEnumerable<string> Of(JsonElement element, string path = "")
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var isRun = element.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "TextRun";
                foreach (var property in element.EnumerateObject())
                {
                    if (isRun && property.Name == "text") yield return $"{path}/text=*";
                    else foreach (var line in Of(property.Value, $"{path}/{property.Name}")) yield return line;
                }

                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in element.EnumerateArray().Index())
                    foreach (var line in Of(item, $"{path}/{index}"))
                        yield return line;
                break;
            default:
                // How much does not fit is told in the house's words, and may differ.
                yield return $"{path}={Count().Replace(element.GetRawText(), "# byte")}";
                break;
        }
    }

    /// <summary>Every text at a property of this name, at any depth.</summary>
    public static IEnumerable<string> Strings(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            property.Name == name && property.Value.ValueKind == JsonValueKind.String ? [property.Value.GetString()!] : Strings(property.Value, name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Strings(item, name)),
        _ => [],
    };

    [GeneratedRegex(@"\d+ bytes?")]
    private static partial Regex Count();
}
