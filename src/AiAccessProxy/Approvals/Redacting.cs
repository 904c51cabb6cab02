using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Approvals.Showing;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals;

/// <summary>
/// Target and parameters of a call as they may stand on record: what rules redact is there by name, length and hash. Where it cannot be
/// told what to redact, all of that part is.
/// </summary>
internal static class Redacting
{
    private const int LongestParameter = 1024;

    private const int MostValues = 20;

    /// <summary>A field that comes more often is redacted with all that it stands in, since each time takes a hundred characters of every record.</summary>
    private const int MostRedactions = 50;

    public static string Target(BoundAction action, IReadOnlyList<NamedReading> redact)
    {
        var raw = action.Action.Head.Target.Raw;
        if (redact.Count == 0) return raw;
        return In(Encoding.UTF8.GetBytes(raw), 0, raw.Length, redact.Where(OfTarget), "target");
    }

    public static IReadOnlyDictionary<string, string>? Parameters(
        BoundAction action, IReadOnlyList<NamedReading> show, IReadOnlyList<NamedReading> redact)
    {
        if (show.Count == 0) return null;
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in show)
        {
            var text = Text(action.Action, field, redact);
            // Path variables of two rules may share a name and mean different segments.
            parameters[field.Field.Text] = parameters.TryGetValue(field.Field.Text, out var other) && other != text ? $"{other}, {text}" : text;
        }

        return parameters;
    }

    private static string Text(ApiAction action, NamedReading field, IReadOnlyList<NamedReading> redact) => field.Reading switch
    {
        FieldReading.Absent => "(absent)",
        FieldReading.Present present => Short(string.Join(", ", present.Values.Take(MostValues).Select(value => Text(action, field.Field, value, redact)))
            + (present.Values.Count > MostValues ? string.Create(CultureInfo.InvariantCulture, $", … ({present.Values.Count} values)") : "")),
        _ => "(unreadable)",
    };

    private static string Text(ApiAction action, FieldPath field, FieldValue value, IReadOnlyList<NamedReading> redact)
    {
        var (start, length) = (value.Json.Start, value.Json.Length);
        switch (value.Source)
        {
            case FieldSource.Header:
                var same = redact.Where(one => SameHeader(one.Field, field)).ToList();
                return same.Count == 0 ? Plain(value.Json, "") : Redacted(field.Text, Encoding.UTF8.GetBytes(Plain(value.Json, "")));
            case FieldSource.Body or FieldSource.Form when action.Body is ActionBody.Whole body:
                return Cut(value.Json, body.Document.Span, start, length, redact.Where(one => body.Facts.Sources.Contains(one.Field.Source)), field.Text);
            case FieldSource.Path or FieldSource.Query:
                return Cut(value.Json, Encoding.UTF8.GetBytes(action.Head.Target.Raw), start, length, redact.Where(OfTarget), field.Text);
            default:
                return "(unreadable)";
        }
    }

    /// <summary>A scalar as it is meant, unless a redaction touches it; all else as it was sent, less what is redacted.</summary>
    private static string Cut(
        JsonNodeFact value, ReadOnlySpan<byte> part, int start, int length, IEnumerable<NamedReading> redact, string name)
    {
        if (start < 0 || length < 0 || start > part.Length - length) return "(unreadable)";
        var cut = In(part, start, length, redact, name);
        var sent = Encoding.UTF8.GetString(part.Slice(start, length));
        return cut == sent ? Plain(value, sent) : cut;
    }

    private static string Plain(JsonNodeFact value, string sent) => value switch
    {
        JsonNodeFact.Text text => text.Value,
        JsonNodeFact.Number number => number.Lexeme,
        JsonNodeFact.Boolean boolean => boolean.Value ? "true" : "false",
        JsonNodeFact.Null => "null",
        _ => sent,
    };

    /// <summary>The stretch from <paramref name="start"/> of a part, as text, with the redactions that reach into it.</summary>
    private static string In(ReadOnlySpan<byte> part, int start, int length, IEnumerable<NamedReading> redact, string name)
    {
        if (Redaction.In(part.Length, redact) is not { } redactions) return Redacted(name, part.Slice(start, length));
        var text = new StringBuilder();
        var (at, end) = (start, start + length);
        if (redactions.Count(one => one.Start < end && one.Start + one.Length > start) > MostRedactions) return Redacted(name, part.Slice(start, length));
        foreach (var redaction in redactions)
        {
            var (from, to) = (Math.Max(redaction.Start, at), Math.Min(redaction.Start + redaction.Length, end));
            if (from >= to) continue;
            text.Append(Encoding.UTF8.GetString(part[at..from])).Append(Redacted(redaction.Field, part[from..to]));
            at = to;
        }

        return text.Append(Encoding.UTF8.GetString(part[at..end])).ToString();
    }

    private static string Redacted(string name, ReadOnlySpan<byte> bytes) => string.Create(
        CultureInfo.InvariantCulture, $"[redacted {name}, {bytes.Length} bytes, sha256 {Convert.ToHexStringLower(SHA256.HashData(bytes))}]");

    private static string Short(string text) => text.Length <= LongestParameter
        ? text
        : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, LongestParameter)}… ({text.Length} characters)");

    private static bool OfTarget(NamedReading field) => field.Field.Source is FieldSource.Path or FieldSource.Query;

    private static bool SameHeader(FieldPath one, FieldPath other) =>
        one.Source == FieldSource.Header
        && (one.Steps is not [{ Name: { } name }, ..] || other.Steps is not [{ Name: { } named }, ..] || name.Equals(named, StringComparison.OrdinalIgnoreCase));
}
