using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Channels;

/// <summary>
/// Where the cards of one ticket stand and what they say: the state of one register of the ledger, so that any instance can go on with them. A
/// value; its changes are the pure functions of <see cref="CardPlan"/>.
/// </summary>
internal sealed record CardTrack(TicketId Ticket, IReadOnlyList<PlaceTrack> Places)
{
    /// <summary>The instance that is showing something now; nobody else does until <see cref="CourierUntil"/>.</summary>
    public string? Courier { get; init; }

    public DateTimeOffset? CourierUntil { get; init; }

    public bool IsHeld(string instance, DateTimeOffset now) => Courier is not null && Courier != instance && now < CourierUntil;

    /// <summary>From when somebody should look at it again; null: when the ticket moves.</summary>
    public DateTimeOffset? Due => Courier is not null ? CourierUntil : Places.Select(place => place.NextTry).Min();

    public CardTrack With(NotifyPlace place, Func<PlaceTrack, PlaceTrack> change) =>
        this with { Places = [.. Places.Select(one => one.Place == place ? change(one) : one)] };

    public CardAttempt? Find(string nonce) => Places.SelectMany(place => place.Attempts).FirstOrDefault(attempt => attempt.Nonce == nonce);
}
