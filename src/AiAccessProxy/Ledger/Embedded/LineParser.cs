using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace AiAccessProxy.Ledger.Embedded;

/// <summary>Reads lines back. What does not carry its checksum is no line, whatever it looks like.</summary>
internal static class LineParser
{
    /// <summary>Length of <c>,"sum":"0123456789abcdef"}</c>.</summary>
    public const int TailBytes = 26;

    /// <summary>The line, or null when it is damaged. Memory in the result is the caller's to keep: it is copied.</summary>
    /// <param name="bytes">The line without its line break.</param>
    /// <param name="seed">The checksum of the line before in the same change, 0 for the first; becomes this line's.</param>
    public static Line? Parse(ReadOnlySpan<byte> bytes, ref ulong seed)
    {
        if (bytes.Length <= TailBytes) return null;
        var sum = XxHash3.HashToUInt64(bytes[..^TailBytes], unchecked((long)seed));
        Span<byte> tail = stackalloc byte[TailBytes];
        WriteTail(sum, tail);
        if (!tail.SequenceEqual(bytes[^TailBytes..])) return null;
        seed = sum;
        try
        {
            return Read(bytes);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    public static void WriteTail(ulong sum, Span<byte> tail)
    {
        ",\"sum\":\""u8.CopyTo(tail);
        Utf8Formatter.TryFormat(sum, tail[8..], out _, new StandardFormat('x', 16));
        "\"}"u8.CopyTo(tail[24..]);
    }

    private static Line? Read(ReadOnlySpan<byte> bytes)
    {
        var fields = new LineFields();
        var json = new Utf8JsonReader(bytes);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName) fields.Take(ref json, bytes);
        return fields.ToLine();
    }

    private struct LineFields()
    {
        private long? _position, _revision, _durable, _first, _previousBytes;
        private int? _segment, _registers, _slot;
        private int _lines = 1, _line = 1;
        private DateTimeOffset? _storedAt, _due, _forgetAfter;
        private string? _register, _liveGroup;
        private byte[]? _record, _state, _sealed;
        private ImmutableArray<UniqueKey> _keys = [];

        public void Take(ref Utf8JsonReader json, ReadOnlySpan<byte> bytes)
        {
            var name = json.GetString();
            json.Read();
            switch (name)
            {
                case "position": _position = json.GetInt64(); break;
                case "stored_at": _storedAt = json.GetDateTimeOffset(); break;
                case "record":
                    var start = (int)json.TokenStartIndex;
                    json.Skip();
                    _record = bytes[start..(int)json.BytesConsumed].ToArray();
                    break;
                case "lines": _lines = json.GetInt32(); break;
                case "line": _line = json.GetInt32(); break;
                case "register": _register = json.GetString(); break;
                case "revision": _revision = json.GetInt64(); break;
                case "live_group": _liveGroup = json.GetString(); break;
                case "due": _due = json.GetDateTimeOffset(); break;
                case "forget_after": _forgetAfter = json.GetDateTimeOffset(); break;
                case "keys": _keys = Keys(ref json); break;
                case "slot": _slot = json.GetInt32(); break;
                case "sealed": _sealed = json.GetBytesFromBase64(); break;
                case "text": _state = Encoding.UTF8.GetBytes(json.GetString()!); break;
                case "bytes": _state = json.GetBytesFromBase64(); break;
                case "durable_bytes": _durable = json.GetInt64(); break;
                case "segment": _segment = json.GetInt32(); break;
                case "first": _first = json.GetInt64(); break;
                case "previous_bytes": _previousBytes = json.GetInt64(); break;
                case "registers": _registers = json.GetInt32(); break;
                default: json.Skip(); break;
            }
        }

        public readonly Line? ToLine()
        {
            if (_position is { } position && _record is not null && _storedAt is { } storedAt)
                return new Line.Recorded(new(position), storedAt, _record) { Lines = _lines, Number = _line };
            if (_register is not null && _revision is { } revision)
                return Moved(_register, revision) is { } moved ? moved with { Lines = _lines, Number = _line } : null;
            if (_durable is { } durable)
                return new Line.Durable(durable);
            if (_segment is { } segment && _first is { } first && _storedAt is { } openedAt)
                return new Line.Header(segment, first, openedAt) { PreviousBytes = _previousBytes, Registers = _registers };
            return null;
        }

        private readonly Line.Moved? Moved(string register, long revision)
        {
            var slash = register.IndexOf('/', StringComparison.Ordinal);
            var isLive = _liveGroup is not null;
            if (slash < 0 || (isLive ? _slot is null || _sealed is null : _state is null)) return null;
            var id = new RegisterId(register[..slash], register[(slash + 1)..]);
            var held = new Held(new Register(id, revision, _state, isLive))
            {
                LiveGroup = _liveGroup,
                Due = _due,
                ForgetAfter = _forgetAfter,
                Keys = _keys,
            };
            return new(held, isLive ? new SealedState(_slot!.Value, _sealed!) : null);
        }

        private static ImmutableArray<UniqueKey> Keys(ref Utf8JsonReader json)
        {
            var keys = ImmutableArray.CreateBuilder<UniqueKey>();
            while (json.Read() && json.TokenType == JsonTokenType.String) keys.Add(new(json.GetString()!));
            return keys.ToImmutable();
        }
    }
}
