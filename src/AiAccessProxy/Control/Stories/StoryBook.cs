using System.Collections.Immutable;
using AiAccessProxy.Control.Reading;
using AiAccessProxy.Ledger;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Control.Stories;

/// <summary>The stories of live tickets and of the last that ended: a reader over the ledger that can be rebuilt at any time.</summary>
internal sealed class StoryBook(IOptions<ControlOptions> options)
{
    private volatile ImmutableDictionary<string, Story> _stories = ImmutableDictionary.Create<string, Story>(StringComparer.Ordinal);
    private volatile ImmutableList<string> _ended = [];

    public PendingTickets Pending { get; } = new();

    /// <summary>Ended tickets, the last first.</summary>
    public IReadOnlyList<Story> Ended
    {
        get
        {
            var (stories, ended) = (_stories, _ended);
            return [.. ended.Reverse().Select(stories.GetValueOrDefault).OfType<Story>()];
        }
    }

    public Story? Find(string ticket) => _stories.GetValueOrDefault(ticket);

    /// <summary>Called for every entry in order, never twice at once.</summary>
    public void Take(Entry entry)
    {
        Pending.Take(entry);
        if (entry.Record.Ticket is { } ticket) Add(ticket, entry.Record);
    }

    private void Add(string ticket, LedgerRecord record)
    {
        // A story begins with its opening: a vote may name a ticket that never was.
        var before = Find(ticket);
        if (before is null && record.Kind != RecordKind.TicketOpened) return;

        var story = (before ?? new(ticket, [])).With(record);
        _stories = _stories.SetItem(ticket, story);
        if (story.Ending is null || before?.Ending is not null) return;

        _ended = _ended.Add(ticket);
        if (_ended.Count <= options.Value.HistoryTickets) return;
        _stories = _stories.Remove(_ended[0]);
        _ended = _ended.RemoveAt(0);
    }
}
