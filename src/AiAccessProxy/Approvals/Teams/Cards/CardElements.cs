using System.Globalization;
using System.Text.Json.Nodes;
using AiAccessProxy.Approvals.Channels;

namespace AiAccessProxy.Approvals.Teams.Cards;

/// <summary>
/// The elements of an Adaptive Card 1.5 that a ticket is made of. The house's own words alone go into elements that take Markdown; whatever else
/// there is goes into a text run, which takes text for text. A fact set takes Markdown too, so there is none.
/// </summary>
internal static class CardElements
{
    /// <param name="words">The house's own, or a moment.</param>
    public static JsonObject House(string words, string? size = null, string? weight = null, string? color = null, bool subtle = false) => Trimmed(new()
    {
        ["type"] = "TextBlock",
        ["text"] = words,
        ["wrap"] = true,
        ["size"] = size,
        ["weight"] = weight,
        ["color"] = color,
        ["isSubtle"] = subtle ? true : null,
    });

    /// <summary>A line of runs.</summary>
    public static JsonObject Line(params IEnumerable<JsonObject> runs) => new() { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray([.. runs]) };

    /// <summary>A label in the house's words, and what it is about.</summary>
    public static JsonObject Fact(string label, params IEnumerable<JsonObject> runs) => Line([Run($"{label}: ", weight: "bolder"), .. runs]);

    public static JsonObject Run(string text, string? weight = null, bool subtle = false, string? color = null) => Trimmed(new()
    {
        ["type"] = "TextRun",
        ["text"] = text,
        ["weight"] = weight,
        ["isSubtle"] = subtle ? true : null,
        ["color"] = color,
    });

    /// <summary>Somebody else's words, and how much of them is missing.</summary>
    public static IEnumerable<JsonObject> Said(SafeText text, bool mono = false, string? size = null, string? weight = null)
    {
        yield return Trimmed(new() { ["type"] = "TextRun", ["text"] = text.Text, ["fontType"] = mono ? "monospace" : null, ["size"] = size, ["weight"] = weight });
        if (!text.IsWhole) yield return Run($" … ({Bytes(text.Missing)} more)", subtle: true);
    }

    /// <summary>A part of the call, as it is sent.</summary>
    public static IEnumerable<JsonObject> Sent(CardPart part) => part.IsAbsent
        ? [Run("(absent)", subtle: true)]
        : part.Spans.SelectMany(span => span switch
        {
            CardSpan.Text(var text) => Said(text, mono: true),
            CardSpan.Next => [Run(" and ", subtle: true)],
            CardSpan.Redacted(var field, var length, var sha256) =>
                [Run("[", color: "accent"), .. Said(field, mono: true), Run($" is redacted: {Bytes(length)}, SHA-256 {sha256}]", color: "accent")],
            _ => throw new InvalidOperationException($"No element is known for {span.GetType().Name}."),
        });

    public static JsonObject Container(string? style, string? id, bool isVisible, params IEnumerable<JsonObject> items) => Trimmed(new()
    {
        ["type"] = "Container",
        ["id"] = id,
        ["style"] = style,
        ["isVisible"] = isVisible ? null : false,
        ["items"] = new JsonArray([.. items]),
    });

    /// <summary>A moment, which each client says in its viewer's own zone.</summary>
    public static string Moment(DateTimeOffset time)
    {
        // Without parts of a second: clients know no others.
        var exact = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return $"{{{{DATE({exact},SHORT)}}}} {{{{TIME({exact})}}}}";
    }

    public static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static string Bytes(long count) => count == 1 ? "1 byte" : string.Create(CultureInfo.InvariantCulture, $"{count} bytes");

    public static JsonObject Trimmed(JsonObject element)
    {
        foreach (var empty in element.Where(property => property.Value is null).Select(property => property.Key).ToList()) element.Remove(empty);
        return element;
    }
}
