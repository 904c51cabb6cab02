using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Approvals.Teams.Inbound;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Teams.Cards;

/// <summary>Answers clicks on cards and cards that ask to be shown anew. A refresh decides nothing; a click is a ballot like any other, and the desk counts it.</summary>
internal sealed class CardTurns(ApprovalDesk desk, CardBinder binder, CardSights sights, IConversationPlaces places)
{
    private static readonly InvokeAnswer NotRecorded = new InvokeAnswer.Failed("It cannot be recorded now, so nothing was decided. Try again in a moment.");

    /// <param name="turn">A <see cref="Turn.Click"/> or <see cref="Turn.Refresh"/>.</param>
    public async ValueTask<InvokeAnswer> AnswerAsync(Turn turn, CancellationToken cancellationToken)
    {
        try
        {
            return turn switch
            {
                Turn.Refresh refresh => await AnswerAsync(refresh.In, refresh.Card, refresh.By, CardData.Of(refresh.Data), CardVerbs.Refresh, cancellationToken),
                Turn.Click click => await AnswerAsync(click.In, click.Card, click.By, CardData.Of(click.Data), click.Verb, cancellationToken),
                _ => throw new InvalidOperationException($"A {turn.GetType().Name} is not about a card."),
            };
        }
        catch (LedgerUnavailableException)
        {
            return NotRecorded;
        }
    }

    private async ValueTask<InvokeAnswer> AnswerAsync(
        Conversation clicked, string activity, Sender by, CardData? data, string verb, CancellationToken cancellationToken)
    {
        if (by is not Sender.Known person)
            return new InvokeAnswer.Words(by is Sender.Nobody(var why) ? why : "It is not known who you are.") { Refused = "nobody who is known here" };
        if (data is null) return new InvokeAnswer.Words("This is no card of a ticket.") { Refused = "no card of a ticket" };
        return await binder.BindAsync(data, clicked, activity, cancellationToken) switch
        {
            CardBinding.Not(var words) => new InvokeAnswer.Words(words) { Refused = words },
            CardBinding.Bound(var standing) => await AnswerAsync(standing, person, data, verb, cancellationToken),
            _ => throw new InvalidOperationException("A card is bound or it is not."),
        };
    }

    private async ValueTask<InvokeAnswer> AnswerAsync(Standing standing, Sender.Known by, CardData data, string verb, CancellationToken cancellationToken)
    {
        var reason = verb == CardVerbs.Deny ? DenyReasons.Of(data.Chosen, data.Typed) : string.IsNullOrWhiteSpace(data.Typed) ? null : data.Typed.Trim();
        var notice = verb switch
        {
            CardVerbs.Refresh => null,
            CardVerbs.Approve or CardVerbs.Confirm or CardVerbs.Deny when reason?.Length > CardButtons.LongestReason =>
                new CardNotice($"Nothing was done: the reason is longer than {CardButtons.LongestReason} characters.", IsGood: false) { IsRefused = true },
            CardVerbs.Approve or CardVerbs.Confirm when Unseen(standing, data) =>
                new("Nothing was done: not all of this call is on the card. Open the page to see it and to approve it.", IsGood: false) { IsRefused = true },
            CardVerbs.Approve when NeedsConfirmation(standing, by) =>
                new("This is critical. Read all of it, and tap once more if you want it to happen. Nothing was done so far.", IsGood: false, Confirms: true, data.Typed),
            CardVerbs.Approve or CardVerbs.Confirm => await VoteAsync(standing, new(by.Person, true, reason, TeamsChannel.Name, by.Authenticated), cancellationToken),
            CardVerbs.Deny when reason is null => new("Nothing was done: choose why, or say it. The agent is told.", IsGood: false),
            CardVerbs.Deny => await VoteAsync(standing, new(by.Person, false, reason, TeamsChannel.Name, by.Authenticated), cancellationToken),
            _ => new CardNotice("Nothing was done: this button is not known here.", IsGood: false) { IsRefused = true },
        };
        var now = await desk.ReadAsync(standing.Ticket.Id, cancellationToken) ?? standing;
        return new InvokeAnswer.Card(TeamsCard.Of(new(sights.Of(now, by.Person.Id), data.Copy), places.UsersOf(now.Ticket), notice).Content)
        {
            Refused = notice is { IsRefused: true, Words: var words } ? words : null,
        };
    }

    /// <summary>What the card for everybody does not offer cannot be clicked on it.</summary>
    private bool Unseen(Standing standing, CardData data) =>
        standing.Ticket.Status == TicketStatus.Pending
        && TeamsCard.Of(new(sights.Of(standing, null), data.Copy), places.UsersOf(standing.Ticket)).Drawn.Missing > 0;

    /// <summary>Whoever may not approve is told so at the first tap.</summary>
    private bool NeedsConfirmation(Standing standing, Sender.Known by) =>
        standing.Ticket is { Status: TicketStatus.Pending, Risk: Risk.Critical } && desk.WhyNot(standing.Ticket, by.Person.Id) is null;

    private async ValueTask<CardNotice> VoteAsync(Standing standing, Ballot ballot, CancellationToken cancellationToken)
    {
        // A second tap, or an invoke that came twice, is no second try: what was counted is said again.
        if (standing.Ticket.Votes.Any(vote => vote.Person == ballot.Person.Id && vote.Approve == ballot.Approve))
            return new("Your vote was counted before; nothing else was done.", IsGood: true);
        return await desk.VoteAsync(standing.Ticket.Id, ballot, cancellationToken) switch
        {
            VoteOutcome.Counted => new(ballot.Approve ? "Your approval was counted." : "Your denial was counted.", IsGood: true),
            var refused => new($"Your vote did not count. {VoteWords.Of(refused)}", IsGood: false),
        };
    }
}
