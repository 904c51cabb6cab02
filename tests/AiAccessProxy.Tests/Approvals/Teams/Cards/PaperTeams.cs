using System.Collections.Concurrent;
using System.Text.Json;
using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Approvals.Teams;
using AiAccessProxy.Approvals.Teams.Cards;
using AiAccessProxy.Approvals.Teams.Inbound;

namespace AiAccessProxy.Tests.Approvals.Teams.Cards;

/// <summary>Teams without its wire: one conversation for each place, and cards in them that can be clicked.</summary>
internal sealed class PaperTeams : IReviewChannel, IConversationPlaces
{
    private int _posted;

    public string Name => TeamsChannel.Name;

    public bool IsOn => true;

    /// <summary>The card is there, but the answer that says so is not.</summary>
    public bool LosesAnswers { get; set; }

    public ConcurrentQueue<(CardAddress Address, CardCopy Copy)> Posted { get; } = [];

    public static Conversation Chat(string place) => new(new("https://smba.test/"), $"19:{place}@thread.tacv2", ConversationScope.Channel, "tenant-1");

    public bool Reaches(string person) => true;

    public ValueTask<Conversation?> FindAsync(string place, CancellationToken cancellationToken) => new(Chat(place));

    public IReadOnlyList<string> UsersOf(Ticket ticket) => ["29:one", "29:two"];

    public ValueTask<CardOutcome> PostAsync(string place, CardCopy copy, CancellationToken cancellationToken)
    {
        var address = new CardAddress(Chat(place), $"activity-{Interlocked.Increment(ref _posted)}");
        Posted.Enqueue((address, copy));
        return new(LosesAnswers ? new CardOutcome.Unreachable("no answer") : new CardOutcome.Shown(address.ToString()));
    }

    public ValueTask<CardOutcome> UpdateAsync(string address, CardCopy copy, CancellationToken cancellationToken) => new(new CardOutcome.Shown(address));

    /// <summary>What Teams sends when somebody clicks on a card that was posted.</summary>
    public static Turn.Click Click((CardAddress Address, CardCopy Copy) card, string person, string verb, string? reason = null, string? why = null) => new(
        card.Address.In with { Id = $"{card.Address.In.Id};messageid=17" }, card.Address.Activity, By(person), verb, Data(card.Copy, reason, why));

    public static Turn.Refresh Refresh((CardAddress Address, CardCopy Copy) card, string person) =>
        new(card.Address.In, card.Address.Activity, By(person), Data(card.Copy, null, null));

    private static Sender.Known By(string person) => new(Some.Person(person), "entra");

    private static JsonElement Data(CardCopy copy, string? reason, string? why) =>
        JsonSerializer.SerializeToElement(new { ticket = copy.Sight.Ticket.Id.Value, copy = copy.Nonce, reason, why });
}
