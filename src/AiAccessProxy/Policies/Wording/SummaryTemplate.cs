using System.Diagnostics.CodeAnalysis;
using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Policies.Wording;

/// <summary>A rule's <c>summary</c>: text with fields in braces, <c>Refund {body.amount}</c>. A brace itself is written twice.</summary>
internal sealed record SummaryTemplate
{
    private const int LongestNamePart = 64;

    private readonly IReadOnlyList<(string? Literal, FieldPath? Field)> _parts;

    private SummaryTemplate(IReadOnlyList<(string? Literal, FieldPath? Field)> parts) => _parts = parts;

    public IEnumerable<FieldPath> Fields => _parts.Select(part => part.Field).OfType<FieldPath>();

    public static bool TryParse(
        string text, [NotNullWhen(true)] out SummaryTemplate? template, [NotNullWhen(false)] out string? error)
    {
        template = null;
        var parts = new List<(string?, FieldPath?)>();
        var literal = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            var isTwice = at + 1 < text.Length && text[at + 1] == text[at];
            if (text[at] is '{' or '}' && isTwice)
            {
                literal.Append(text[at++]);
            }
            else if (text[at] == '}')
            {
                error = "a '}' closes nothing";
                return false;
            }
            else if (text[at] == '{')
            {
                var end = EndOf(text, at);
                if (end < 0)
                {
                    error = "a '{' is not closed";
                    return false;
                }

                if (!FieldPath.TryParse(text[(at + 1)..end], out var field, out error)) return false;
                parts.Add((literal.ToString(), null));
                parts.Add((null, field));
                literal.Clear();
                at = end;
            }
            else
            {
                literal.Append(text[at]);
            }
        }

        parts.Add((literal.ToString(), null));
        template = new(parts);
        error = null;
        return true;
    }

    public string Fill(CallView call, Redactions redactions)
    {
        var result = new StringBuilder();
        foreach (var (literal, field) in _parts)
            result.Append(field is null ? literal : Words(field, call.Read(field), redactions));
        return result.ToString();
    }

    /// <summary>
    /// Filled in as the name of an action. Of the call only letters, digits, '-' and '_' come in, so that a name is what its rule says; anything
    /// else reads <c>(absent)</c>, <c>(unclear)</c>, <c>(unreadable)</c> or <c>(redacted)</c>, which no call can spell.
    /// </summary>
    public string FillName(CallView call, Redactions redactions) => string.Concat(_parts.Select(part =>
        part.Field is null ? part.Literal : NamePart(Words(part.Field, call.Read(part.Field), redactions), call.Read(part.Field))));

    /// <summary>The text with every field replaced by <paramref name="word"/>.</summary>
    public string With(string word) => string.Concat(_parts.Select(part => part.Field is null ? part.Literal : word));

    /// <summary>As the rule has it, with each field in braces.</summary>
    public override string ToString() => string.Concat(_parts.Select(part =>
        part.Field is { } field ? $"{{{field.Text}}}" : part.Literal!.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)));

    private static string NamePart(string words, FieldReading reading) => reading is not FieldReading.Present present || words == "(redacted)" ? words
        : present.Values is [{ Json: JsonNodeFact.Text or JsonNodeFact.Number or JsonNodeFact.Boolean }] && words.Length is > 0 and <= LongestNamePart
            && words.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_') ? words
        : "(unclear)";

    // A brace may stand in a quoted name.
    private static int EndOf(string text, int at)
    {
        var isQuoted = false;
        for (; at < text.Length; at++)
        {
            if (text[at] == '\\' && isQuoted) at++;
            else if (text[at] == '"') isQuoted = !isQuoted;
            else if (text[at] == '}' && !isQuoted) return at;
        }

        return -1;
    }

    private static string Words(FieldPath field, FieldReading reading, Redactions redactions) => reading switch
    {
        FieldReading.Absent => "(absent)",
        _ when redactions.Hide(field, reading) => "(redacted)",
        FieldReading.Present present => ValueText.List([.. present.Values.Select(ValueText.Plain)]),
        _ => "(unreadable)",
    };
}
