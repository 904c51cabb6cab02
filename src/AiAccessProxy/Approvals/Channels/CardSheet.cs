using AiAccessProxy.Approvals.Showing;

namespace AiAccessProxy.Approvals.Channels;

/// <summary>What of a call is put on a card, until its <paramref name="room"/> (characters) is used up; what is not on it is counted.</summary>
internal sealed class CardSheet(int room)
{
    private const int LongestName = 120;

    /// <summary>What a redacted stretch takes beside its name: hash, length and their frame.</summary>
    private const int RedactedRoom = 128;

    private int _room = room;

    public long Missing { get; private set; }

    public CardPart Part(string name, IReadOnlyList<ShownSpan> spans) => new(NameOf(name), [.. spans.Select(Span).OfType<CardSpan>()]);

    /// <summary>Null when there is no room even for its name: a list of nothings would fill the card by itself.</summary>
    public CardPart? PartOrNothing(string name, IReadOnlyList<ShownSpan> spans) => Part(name, spans) is var part && part.Name.IsWhole ? part : null;

    /// <summary>The values of a field one after the other; one without any is absent.</summary>
    public CardPart? Field(ShownField field)
    {
        Missing += field.Hidden;
        var spans = new List<CardSpan>();
        foreach (var (index, value) in field.Values.Index())
        {
            if (index > 0) spans.Add(new CardSpan.Next());
            spans.AddRange(value.Select(Span).OfType<CardSpan>());
        }

        var name = NameOf(field.Name);
        return !name.IsWhole ? null : new(name, spans) { IsAbsent = field.Values.Count == 0 && field.Hidden == 0 };
    }

    private SafeText NameOf(string name)
    {
        var text = SafeText.Of(name, Math.Min(LongestName, Math.Max(0, _room)));
        Missing += text.Missing;
        _room -= text.Text.Length;
        return text;
    }

    /// <summary>What stands behind a gap is not shown either, or it would read as if it followed directly.</summary>
    private CardSpan? Span(ShownSpan span)
    {
        switch (span)
        {
            case ShownSpan.Text(var safe):
                var text = SafeText.OfShown(safe, Math.Max(0, _room));
                _room = text.IsWhole ? _room - text.Text.Length : 0;
                Missing += text.Missing;
                return text.Text.Length > 0 ? new CardSpan.Text(text) : null;
            case ShownSpan.Redacted(var field, var length, var sha256):
                if (_room >= RedactedRoom + field.Length)
                {
                    _room -= RedactedRoom + field.Length;
                    return new CardSpan.Redacted(SafeText.Of(field, field.Length + RedactedRoom), length, sha256);
                }

                _room = 0;
                Missing += Math.Max(1, length);
                return null;
            default:
                throw new InvalidOperationException($"No card is known for {span.GetType().Name}.");
        }
    }
}
