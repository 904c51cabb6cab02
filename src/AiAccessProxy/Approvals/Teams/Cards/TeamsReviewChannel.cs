using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Approvals.Teams.Connector;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Approvals.Teams.Cards;

/// <summary>Shows tickets in Microsoft Teams.</summary>
internal sealed class TeamsReviewChannel(ConnectorClient connector, IConversationPlaces places, IOptions<TeamsOptions> options) : IReviewChannel
{
    public string Name => TeamsChannel.Name;

    public bool IsOn => options.Value.IsOn;

    public bool Reaches(string person) => places.Reaches(person);

    public async ValueTask<CardOutcome> PostAsync(string place, CardCopy copy, CancellationToken cancellationToken)
    {
        if (await places.FindAsync(place, cancellationToken) is not { } conversation) return new CardOutcome.Gone("the bot is in no such place");
        return Of(await connector.PostAsync(conversation, ActivityOf(copy), cancellationToken), conversation, null);
    }

    public async ValueTask<CardOutcome> UpdateAsync(string address, CardCopy copy, CancellationToken cancellationToken)
    {
        if (CardAddress.Of(address) is not { } card) return new CardOutcome.Gone("the address is none of Teams");
        return Of(await connector.UpdateAsync(card.In, card.Activity, ActivityOf(copy), cancellationToken), card.In, card.Activity);
    }

    private System.Text.Json.Nodes.JsonObject ActivityOf(CardCopy copy) => CardActivity.Of(TeamsCard.Of(copy, places.UsersOf(copy.Sight.Ticket)));

    private static CardOutcome Of(ConnectorOutcome outcome, Conversation conversation, string? known) => outcome switch
    {
        ConnectorOutcome.Posted(var _, var activity) => new CardOutcome.Shown(new CardAddress(conversation, known ?? activity).ToString()),
        ConnectorOutcome.Throttled(var after) => new CardOutcome.Throttled(after),
        ConnectorOutcome.Gone(var why) => new CardOutcome.Gone(why),
        ConnectorOutcome.Refused(var why) => new CardOutcome.Refused(why),
        ConnectorOutcome.Unreachable(var why) => new CardOutcome.Unreachable(why),
        _ => throw new InvalidOperationException($"Nothing is known of {outcome.GetType().Name}."),
    };
}
