using AiAccessProxy.Approvals.Channels;

namespace AiAccessProxy.Approvals.Teams.Cards;

/// <summary>
/// Binds what is clicked to what was shown: ticket, copy, conversation and activity have to be those of one card that was posted. What is in a
/// card's data can be copied to another chat with the card; where it was clicked cannot.
/// </summary>
internal sealed class CardBinder(ApprovalDesk desk, CardTracks tracks, IConversationPlaces places)
{
    private static readonly CardBinding Unknown = new CardBinding.Not("This card is not known here any more. Look for the ticket on the console.");

    private static readonly CardBinding Elsewhere = new CardBinding.Not(
        "This is a copy of a card that was shown elsewhere, and nothing can be decided on a copy. Use the card where it was posted, or the console.");

    public async ValueTask<CardBinding> BindAsync(CardData data, Conversation clicked, string activity, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < Tickets.MaxTries; tries++)
        {
            if (await tracks.ReadAsync(data.Ticket, cancellationToken) is not { } standing || standing.Track.Find(data.Copy) is not { } attempt) return Unknown;
            if (attempt.Address is null)
            {
                var place = standing.Track.Places.First(one => one.Attempts.Contains(attempt)).Place.Place;
                // Nobody heard where it was shown: the first who comes from there with its nonce, which was given to nobody else, says so.
                if (await places.FindAsync(place, cancellationToken) is not { } conversation || !CardAddress.IsIn(conversation, clicked)) return Elsewhere;
                var found = CardPlan.Found(standing.Track, attempt.Nonce, new CardAddress(conversation, activity).ToString());
                if (standing.IsLive && !await tracks.TryMoveAsync(standing, found, [])) continue;
            }
            else if (CardAddress.Of(attempt.Address) is not { } address || !address.IsAt(clicked, activity))
            {
                return Elsewhere;
            }

            return await desk.ReadAsync(data.Ticket, cancellationToken) is { } ticket ? new CardBinding.Bound(ticket) : Unknown;
        }

        return Unknown;
    }
}
