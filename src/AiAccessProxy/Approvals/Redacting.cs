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

    /// <summary>Characters of all parameters together: rules may show any number, and each of a ticket's records tells them.</summary>
    private const int LongestInAll = 32 * 1024;

    private const int MostValues = 20;

    /// <summary>A field that comes more often is redacted with all that it stands in, since each time takes a hundred characters of every record.</summary>
    private const int MostRedactions = 50;

    public static string Target(BoundAction action, IReadOnlyList<NamedReading> redact)
    {
        var raw = action.Action.Head.Target.Raw;
        if (redact.Count == 0) return raw;
        return new RedactedCall(action.Action, redact).Target is { } target ? In(target, 0, raw.Length, "target") : Redacted("target", Encoding.UTF8.GetBytes(raw));
    }

    public static IReadOnlyDictionary<string, string>? Parameters(
        BoundAction action, IReadOnlyList<NamedReading> show, IReadOnlyList<NamedReading> redact)
    {
        if (show.Count == 0) return null;
        var call = new RedactedCall(action.Action, redact);
        var (parameters, room) = (new SortedDictionary<string, string>(StringComparer.Ordinal), LongestInAll);
        foreach (var field in show)
        {
            var text = Short(Text(call, field), Math.Min(LongestParameter, room));
            room = Math.Max(0, room - text.Length);
            // Path variables of two rules may share a name and mean different segments.
            parameters[field.Field.Text] = parameters.TryGetValue(field.Field.Text, out var other) && other != text ? $"{other}, {text}" : text;
        }

        return parameters;
    }

    private static string Text(RedactedCall call, NamedReading field) => field.Reading switch
    {
        FieldReading.Absent => "(absent)",
        FieldReading.Present present => string.Join(", ", present.Values.Take(MostValues).Select(value => Text(call, field.Field, value)))
            + (present.Values.Count > MostValues ? string.Create(CultureInfo.InvariantCulture, $", … ({present.Values.Count} values)") : ""),
        _ => "(unreadable)",
    };

    private static string Text(RedactedCall call, FieldPath field, FieldValue value) => value.Source switch
    {
        FieldSource.Header when call.OfHeader(field.Steps is [var named, ..] ? named.Name : null).Any() => Redacted(field.Text, Encoding.UTF8.GetBytes(Plain(value.Json, ""))),
        FieldSource.Header => Plain(value.Json, ""),
        FieldSource.Body or FieldSource.Form when call.Body is { } body => Cut(value.Json, body, field.Text),
        FieldSource.Path or FieldSource.Query when call.Target is { } target => Cut(value.Json, target, field.Text),
        _ => "(unreadable)",
    };

    /// <summary>A scalar as it is meant, unless a redaction touches it; all else as it was sent, less what is redacted.</summary>
    private static string Cut(JsonNodeFact value, RedactedPart part, string name)
    {
        var (start, length) = (value.Start, value.Length);
        if (start < 0 || length < 0 || start > part.Bytes.Length - length) return "(unreadable)";
        var cut = In(part, start, length, name);
        var sent = Encoding.UTF8.GetString(part.Bytes.Span.Slice(start, length));
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
    private static string In(RedactedPart part, int start, int length, string name)
    {
        var bytes = part.Bytes.Span.Slice(start, length);
        if (part.In(start, length) is not { } within) return Redacted(name, bytes);
        // An empty one has nothing to spare.
        var redactions = within.Where(one => one.Length > 0).ToList();
        if (redactions.Count > MostRedactions) return Redacted(name, bytes);
        var (text, at) = (new StringBuilder(), 0);
        foreach (var redaction in redactions)
        {
            text.Append(Encoding.UTF8.GetString(bytes[at..redaction.Start])).Append(Redacted(redaction.Field, bytes[redaction.Start..redaction.End]));
            at = redaction.End;
        }

        return text.Append(Encoding.UTF8.GetString(bytes[at..])).ToString();
    }

    private static string Redacted(string name, ReadOnlySpan<byte> bytes) => string.Create(
        CultureInfo.InvariantCulture, $"[redacted {name}, {bytes.Length} bytes, sha256 {Convert.ToHexStringLower(SHA256.HashData(bytes))}]");

    private static string Short(string text, int room) => text.Length <= room
        ? text
        : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, room)}… ({text.Length} characters)");
}
