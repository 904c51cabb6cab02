using System.Security.Cryptography;
using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Showing;

/// <summary>The sheet a call is written on, part by part, until its <paramref name="room"/> (characters) is used up. What is not on it is counted.</summary>
internal sealed class ShowingSheet(int room)
{
    /// <summary>What a redacted field takes: its hash, its length and their frame.</summary>
    private const int RedactedRoom = 128;

    /// <summary>What each header and each value takes beside its text: without it, very many that are short or empty would take none.</summary>
    private const int PartRoom = 16;

    private readonly List<ShownPart> _parts = [];
    private readonly int _given = room;
    private int _room = room;

    public IReadOnlyList<ShownPart> Parts => _parts;

    /// <summary>Bytes that are not on it; 1 for what has none, or cannot be told.</summary>
    public long Hidden { get; private set; }

    /// <summary>Room that is gone, what is lost behind a gap counted.</summary>
    public int Used => _given - _room;

    public void Hide(long bytes) => Hidden += bytes;

    /// <summary>Adds the method, the target or a body. <paramref name="part"/> is null when it cannot be told.</summary>
    public void Add(string kind, RedactedPart? part)
    {
        if (part?.Everywhere is { } redactions) _parts.Add(new(kind, null, Spans(part.Bytes.Span, redactions, kind == "body")));
        else Hide(Math.Max(1, part?.Bytes.Length ?? 0));
    }

    /// <summary>Adds a stretch of a part, less what is redacted in the part; where that cannot be told, nothing of it is shown.</summary>
    public void AddCut(RedactedPart part, int start, int length)
    {
        // What has no room is only counted: there may be a hundred thousand more.
        if (_room < PartRoom || part.In(start, length) is not { } redactions)
        {
            Hide(Math.Max(1, length));
            return;
        }

        _room -= PartRoom;
        var spans = Spans(part.Bytes.Span.Slice(start, length), redactions, multiline: false);
        // One of which nothing fitted would read as if it were empty.
        if (spans.Count > 0 || length == 0) _parts.Add(new("field", null, spans));
    }

    /// <summary>Adds what the upstream will decode; how it is compressed is told beside it.</summary>
    public void AddBody(ActionBody.Whole body, RedactedPart document)
    {
        var before = _parts.Count;
        Add("body", document);
        if (body.Coding is { } coding && _parts.Count > before)
            _parts[^1] = _parts[^1] with { Sent = new(coding, body.Bytes.Length, body.Document.Length) };
    }

    /// <summary>Adds a header; one that a rule redacts is redacted whole, whatever part of its value the rule reads.</summary>
    public void AddHeader(string name, ReadOnlyMemory<byte>? value, IEnumerable<NamedReading> redact)
    {
        var hasRoom = name.Length <= _room - PartRoom;
        List<NamedReading> fields = hasRoom ? [.. redact] : [];
        if (value is not { } known || name.Length == 0 || !hasRoom || !name.All(IsTokenCharacter)
            || fields.Exists(field => field.Reading is FieldReading.Unreadable))
        {
            Hide(name.Length + (value?.Length ?? 0) + 1);
            return;
        }

        _room -= name.Length + PartRoom;
        var named = fields.Where(field => field.Reading is FieldReading.Present).Select(field => field.Field.Text).Distinct().ToList();
        var whole = named.Count > 0 ? new Redaction[] { new(0, known.Length, string.Join(", ", named)) } : [];
        _parts.Add(new("header", name, Spans(known.Span, whole, multiline: false)));
    }

    private List<ShownSpan> Spans(ReadOnlySpan<byte> bytes, IReadOnlyList<Redaction> redactions, bool multiline)
    {
        var spans = new List<ShownSpan>();
        var at = 0;
        foreach (var redaction in redactions)
        {
            AddText(spans, bytes[at..redaction.Start], multiline);
            AddRedacted(spans, bytes.Slice(redaction.Start, redaction.Length), redaction.Field);
            at = redaction.Start + redaction.Length;
        }

        AddText(spans, bytes[at..], multiline);
        return spans;
    }

    private void AddText(List<ShownSpan> spans, ReadOnlySpan<byte> bytes, bool multiline)
    {
        if (bytes.IsEmpty) return;
        var text = new StringBuilder();
        var shown = ShownText.Append(text, bytes, multiline, _room);
        // What stands behind a gap is not shown either, or it would read as if it followed directly.
        _room = shown < bytes.Length ? 0 : _room - text.Length;
        Hide(bytes.Length - shown);
        if (text.Length > 0) spans.Add(new ShownSpan.Text(text.ToString()));
    }

    private void AddRedacted(List<ShownSpan> spans, ReadOnlySpan<byte> bytes, string field)
    {
        if (_room < RedactedRoom + field.Length)
        {
            _room = 0;
            Hide(Math.Max(1, bytes.Length));
            return;
        }

        _room -= RedactedRoom + field.Length;
        spans.Add(new ShownSpan.Redacted(field, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))));
    }

    /// <summary>RFC 9110, 5.6.2.</summary>
    private static bool IsTokenCharacter(char character) => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character);
}
