using System.Buffers;
using System.IO.Hashing;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AiAccessProxy.Ledger.Embedded;

/// <summary>Writes lines into a buffer. Each ends in a checksum over its own bytes, seeded with that of the line before in the same change.</summary>
internal sealed class LineWriter
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _bytes = new(4096);
    private ulong _seed;

    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    public void Clear() => _bytes.ResetWrittenCount();

    public void Write(Line line)
    {
        if (line.Number == 1) _seed = 0;
        var start = _bytes.WrittenCount;
        using (var json = new Utf8JsonWriter(_bytes, Plain))
        {
            json.WriteStartObject();
            switch (line)
            {
                case Line.Recorded recorded: Body(json, recorded); break;
                case Line.Moved moved: Body(json, moved); break;
                case Line.Header header: Body(json, header); break;
                case Line.Durable durable: json.WriteNumber("durable_bytes", durable.Bytes); break;
            }

            if (line.Lines > 1) json.WriteNumber("lines", line.Lines);
            if (line.Number > 1) json.WriteNumber("line", line.Number);
        }

        Close(start);
    }

    private static void Body(Utf8JsonWriter json, Line.Recorded recorded)
    {
        json.WriteNumber("position", recorded.Position.Number);
        json.WriteString("stored_at", recorded.StoredAt.UtcDateTime);
        json.WritePropertyName("record");
        json.WriteRawValue(recorded.Stored.Span, skipInputValidation: true);
    }

    private static void Body(Utf8JsonWriter json, Line.Moved moved)
    {
        var held = moved.Held;
        json.WriteString("register", held.Id.ToString());
        json.WriteNumber("revision", held.Register.Revision);
        if (held.LiveGroup is not null) json.WriteString("live_group", held.LiveGroup);
        if (held.Due is { } due) json.WriteString("due", due.UtcDateTime);
        if (held.ForgetAfter is { } forget) json.WriteString("forget_after", forget.UtcDateTime);
        if (held.Keys.Length > 0)
        {
            json.WriteStartArray("keys");
            foreach (var key in held.Keys) json.WriteStringValue(key.Value);
            json.WriteEndArray();
        }

        if (moved.Sealed is { } state)
        {
            json.WriteNumber("slot", state.Slot);
            json.WriteBase64String("sealed", state.Bytes);
        }
        else if (AsText(held.Register.State.Span) is { } text)
        {
            json.WriteString("text", text);
        }
        else
        {
            json.WriteBase64String("bytes", held.Register.State.Span);
        }
    }

    private static void Body(Utf8JsonWriter json, Line.Header header)
    {
        json.WriteNumber("ledger", 1);
        json.WriteNumber("segment", header.Segment);
        json.WriteNumber("first", header.First);
        json.WriteString("stored_at", header.StoredAt.UtcDateTime);
        if (header.PreviousBytes is { } bytes) json.WriteNumber("previous_bytes", bytes);
        if (header.Registers is { } registers) json.WriteNumber("registers", registers);
    }

    private void Close(int start)
    {
        _seed = XxHash3.HashToUInt64(_bytes.WrittenSpan[start..], unchecked((long)_seed));
        var tail = _bytes.GetSpan(LineParser.TailBytes + 1);
        LineParser.WriteTail(_seed, tail);
        tail[LineParser.TailBytes] = (byte)'\n';
        _bytes.Advance(LineParser.TailBytes + 1);
    }

    /// <summary>The state as text where it is text, so that a person can read how an ended register stands.</summary>
    private static string? AsText(ReadOnlySpan<byte> state)
    {
        try
        {
            return Strict.GetString(state);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
