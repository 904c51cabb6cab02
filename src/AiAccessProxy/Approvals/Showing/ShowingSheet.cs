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

    private readonly List<ShownPart> _parts = [];
    private int _room = room;

    public IReadOnlyList<ShownPart> Parts => _parts;

    public long Hidden { get; private set; }

    public void Hide(long bytes) => Hidden += bytes;

    /// <summary>Adds the method, the target or a body. <paramref name="bytes"/> is null when they cannot be told.</summary>
    public void Add(string kind, string? name, ReadOnlyMemory<byte>? bytes, IEnumerable<NamedReading> redact)
    {
        if (bytes is not { } known)
        {
            Hide(1);
            return;
        }

        if (Redaction.In(known.Length, redact) is { } redactions) _parts.Add(new(kind, name, Spans(known.Span, redactions, kind == "body")));
        else Hide(Math.Max(1, known.Length));
    }

    /// <summary>Adds a stretch of a part, less what is redacted in the part; where that cannot be told, nothing of it is shown.</summary>
    public void AddCut(ReadOnlyMemory<byte> part, int start, int length, IEnumerable<NamedReading> redact)
    {
        if (start < 0 || length < 0 || start > part.Length - length || Redaction.In(part.Length, redact) is not { } redactions)
        {
            Hide(Math.Max(1, length));
            return;
        }

        var within = redactions.Select(one => one.Within(start, length)).OfType<Redaction>().ToList();
        _parts.Add(new("field", null, Spans(part.Span.Slice(start, length), within, multiline: false)));
    }

    /// <summary>Adds what the upstream will decode; how it is compressed is told beside it.</summary>
    public void AddBody(ActionBody.Whole body, IEnumerable<NamedReading> redact)
    {
        var before = _parts.Count;
        Add("body", null, body.Document, redact);
        if (body.Coding is { } coding && _parts.Count > before)
            _parts[^1] = _parts[^1] with { Sent = new(coding, body.Bytes.Length, body.Document.Length) };
    }

    /// <summary>Adds a header; one that a rule redacts is redacted whole, whatever part of its value the rule reads.</summary>
    public void AddHeader(string name, ReadOnlyMemory<byte>? value, IEnumerable<NamedReading> redact)
    {
        var fields = redact.ToList();
        if (value is not { } known || name.Length == 0 || !name.All(IsTokenCharacter) || name.Length > _room
            || fields.Any(field => field.Reading is FieldReading.Unreadable))
        {
            Hide(name.Length + (value?.Length ?? 0) + 1);
            return;
        }

        _room -= name.Length;
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
