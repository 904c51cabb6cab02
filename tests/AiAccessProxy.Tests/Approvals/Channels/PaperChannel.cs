using System.Collections.Concurrent;
using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Channels;

namespace AiAccessProxy.Tests.Approvals.Channels;

/// <summary>A wall that cards are pinned to. Several instances share one, and what becomes of each try is the test's to say.</summary>
internal sealed class PaperChannel : IReviewChannel
{
    private int _pinned;

    public string Name { get; init; } = "paper";

    public bool IsOn => true;

    /// <summary>What the next try comes to; null: it works. Asked before anything is pinned.</summary>
    public Func<string, CardOutcome?> Before { get; set; } = _ => null;

    /// <summary>What is answered although it worked.</summary>
    public Func<string, CardOutcome?> After { get; set; } = _ => null;

    public ConcurrentDictionary<string, PinnedCard> Cards { get; } = [];

    /// <summary>What each card said, in the order in which it did: how far its ticket was.</summary>
    public ConcurrentQueue<(string Address, int Stage)> Said { get; } = [];

    public IReadOnlyList<PinnedCard> In(string place) => [.. Cards.Values.Where(card => card.Place == place)];

    public bool Reaches(string person) => person != "ivan";

    public ValueTask<CardOutcome> PostAsync(string place, CardCopy copy, CancellationToken cancellationToken)
    {
        if (Before(place) is { } failed) return new(failed);
        var address = $"{place}/{Interlocked.Increment(ref _pinned)}";
        Cards[address] = new(place, address, copy.Nonce, copy.Sight.Ticket.Id, copy.Sight.Ticket.Status, copy.Sight.Ticket.Votes.Count);
        Say(address, copy);
        return new(After(place) ?? new CardOutcome.Shown(address));
    }

    public ValueTask<CardOutcome> UpdateAsync(string address, CardCopy copy, CancellationToken cancellationToken)
    {
        var known = Cards[address];
        if (Before(known.Place) is { } failed) return new(failed);
        Cards[address] = known with { Status = copy.Sight.Ticket.Status, Votes = copy.Sight.Ticket.Votes.Count, Updates = known.Updates + 1 };
        Say(address, copy);
        return new(After(known.Place) ?? new CardOutcome.Shown(address));
    }

    private void Say(string address, CardCopy copy) =>
        Said.Enqueue((address, copy.Sight.Ticket.IsOver ? int.MaxValue : copy.Sight.Ticket.Votes.Count));
}
