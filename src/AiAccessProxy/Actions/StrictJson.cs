using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using AiAccessProxy.Actions.Bodies;

namespace AiAccessProxy.Actions;

/// <summary>Reads JSON that has one meaning for every reader (RFC 8259 and I-JSON, RFC 7493), or says why it has not.</summary>
internal static class StrictJson
{
    public const int MaxDepth = 64;

    /// <summary>Each value takes up to a hundred bytes while somebody looks.</summary>
    public const int MaxValues = 200_000;

    /// <summary>Never throws, whatever the bytes.</summary>
    public static BodyFacts Read(ReadOnlyMemory<byte> body) =>
        RootOf(body.Span, out var why) is { } root ? new BodyFacts.Json(body, root) : new BodyFacts.Unreadable(why);

    /// <summary>The document's one value; null, and why, when it has not one meaning.</summary>
    public static JsonNodeFact? RootOf(ReadOnlySpan<byte> body, out string why)
    {
        why = "the body is no UTF-8";
        // Utf8JsonReader lets invalid UTF-8 inside strings pass.
        if (!Utf8.IsValid(body)) return null;

        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            reader.Read();
            var left = MaxValues;
            var root = Value(ref reader, ref left, out var wrong);
            why = wrong ?? "";
            if (root is not null) reader.Read(); // throws when anything follows
            return root;
        }
        catch (JsonException wrong)
        {
            why = $"the body is no strict JSON (line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1})";
            return null;
        }
    }

    private static JsonNodeFact? Value(ref Utf8JsonReader reader, ref int left, out string? why)
    {
        why = null;
        if (left-- == 0)
        {
            why = $"the body holds more than {MaxValues} values";
            return null;
        }

        var start = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return Object(ref reader, start, ref left, out why);
            case JsonTokenType.StartArray:
                return Array(ref reader, start, ref left, out why);
            case JsonTokenType.String:
                return Text(ref reader, out why) is { } text ? new JsonNodeFact.Text(start, reader.ValueSpan.Length + 2, text) : null;
            case JsonTokenType.Number when !KeptNumber.Is(reader.ValueSpan):
                why = $"the number at byte {start + 1} is one that readers round, or cannot hold: send it with fewer digits, or as a text";
                return null;
            case JsonTokenType.Number:
                return new JsonNodeFact.Number(start, reader.ValueSpan.Length, Encoding.ASCII.GetString(reader.ValueSpan));
            case JsonTokenType.True:
                return new JsonNodeFact.Boolean(start, 4, true);
            case JsonTokenType.False:
                return new JsonNodeFact.Boolean(start, 5, false);
            case JsonTokenType.Null:
                return new JsonNodeFact.Null(start, 4);
            default:
                why = $"the body holds an unexpected {reader.TokenType}";
                return null;
        }
    }

    private static JsonNodeFact.Object? Object(ref Utf8JsonReader reader, int start, ref int left, out string? why)
    {
        why = null;
        var members = new Dictionary<string, JsonNodeFact>(StringComparer.Ordinal);
        var names = new HashSet<string>(FoldedName.Comparer);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (Text(ref reader, out why) is not { } name) return null;
            if (!names.Add(name))
            {
                why = $"a name comes twice in one object, at byte {reader.TokenStartIndex + 1} (names that differ only in case count as one)";
                return null;
            }

            if (name.Contains('\0', StringComparison.Ordinal))
            {
                why = "a name holds a NUL, where some readers end it";
                return null;
            }

            reader.Read();
            if (Value(ref reader, ref left, out why) is not { } value) return null;
            members.Add(name, value);
        }

        return new(start, (int)reader.BytesConsumed - start, members);
    }

    private static JsonNodeFact.Array? Array(ref Utf8JsonReader reader, int start, ref int left, out string? why)
    {
        why = null;
        var items = new List<JsonNodeFact>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Value(ref reader, ref left, out why) is not { } item) return null;
            items.Add(item);
        }

        return new(start, (int)reader.BytesConsumed - start, items);
    }

    private static string? Text(ref Utf8JsonReader reader, out string? why)
    {
        why = null;
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // What the reader throws for an escaped surrogate that has no partner; a catch of JsonException alone would let it through.
            why = "a text or name holds half a surrogate pair";
            return null;
        }
    }
}
