using System.Globalization;
using System.Text;
using AiAccessProxy.Actions;

namespace AiAccessProxy.Policies.Wording;

/// <summary>
/// Values as words in a sentence: short, and with nothing in them that could hide, reorder or break what stands around them. What is sent
/// in full is shown elsewhere.
/// </summary>
internal static class ValueText
{
    /// <summary>Characters of a value that are shown.</summary>
    public const int Longest = 80;

    private const int MostValues = 5;

    /// <summary>A text as it is, for summaries.</summary>
    public static string Plain(FieldValue value) => value.Json is JsonNodeFact.Text text ? Safe(text.Value, quoted: false) : Other(value.Json);

    /// <summary>A text in quotes, so that <c>"5"</c> and <c>5</c> look different.</summary>
    public static string Quoted(FieldValue value) => value.Json is JsonNodeFact.Text text ? Quoted(text.Value) : Other(value.Json);

    public static string Quoted(string text) => $"\"{Safe(text, quoted: true)}\"";

    public static string List(IReadOnlyList<string> values) => values.Count <= MostValues
        ? string.Join(", ", values)
        : $"{string.Join(", ", values.Take(MostValues))} and {(values.Count - MostValues).ToString(CultureInfo.InvariantCulture)} more";

    public static string Safe(string text, bool quoted = false)
    {
        var result = new StringBuilder();
        var shown = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown++ == Longest) return result.Append('…').ToString();
            if (rune.Value == '\\' || (quoted && rune.Value == '"')) result.Append('\\').Append(rune);
            else if (IsVisible(rune)) result.Append(rune);
            else result.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
        }

        return result.ToString();
    }

    private static string Other(JsonNodeFact json) => json switch
    {
        JsonNodeFact.Number number => Safe(number.Lexeme),
        JsonNodeFact.Boolean boolean => boolean.Value ? "true" : "false",
        JsonNodeFact.Null => "null",
        JsonNodeFact.Array { Items.Count: 1 } => "(a list of 1 item)",
        JsonNodeFact.Array list => $"(a list of {list.Items.Count.ToString(CultureInfo.InvariantCulture)} items)",
        _ => "(an object)",
    };

    private static bool IsVisible(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is
        not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.SpaceSeparator);
}
