using AiAccessProxy.Approvals.Showing;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Channels;

/// <summary>Draws a card of a ticket as it is seen.</summary>
internal static class CardDrawing
{
    /// <summary>Ids of routes, rules, people and actions are short; what is longer is cut, and says nothing that a vote depends on.</summary>
    private const int Name = 120;

    public static TicketCard Of(Sight sight, CardRoom room)
    {
        var (ticket, shown, people) = (sight.Ticket, sight.Ticket.Shown, sight.Rules.People);
        var sheet = new CardSheet(room.Call);
        var target = shown?.Parts.FirstOrDefault(part => part.Kind == "target") is { } sent
            ? sheet.Part("target", sent.Spans)
            // What was shown is erased with the end; the record's own, redacted, stays.
            : new CardPart(SafeText.Of("target", Name), [new CardSpan.Text(SafeText.Of(ticket.Action.Target, 2 * room.Words))]);
        var (method, upstream) = (SafeText.Of(ticket.Action.Method, Name), shown?.Upstream is { } origin ? SafeText.Of(origin, 2 * Name) : (SafeText?)null);
        var fields = (shown?.Fields ?? []).Select(sheet.Field).OfType<CardPart>().ToList();
        var call = (shown?.Parts ?? []).Where(part => part.Kind is not ("target" or "method")).Select(part => sheet.PartOrNothing(part.Name ?? part.Kind, part.Spans)).OfType<CardPart>().ToList();
        return new()
        {
            Id = ticket.Id,
            Status = ticket.Status,
            Risk = ticket.Risk,
            Summary = [.. ticket.Summary.Take(room.Lines).Select(line => SafeText.Of(line, room.Words))],
            Action = ticket.Action.Name is { } name ? SafeText.Of(name, Name) : null,
            Route = SafeText.Of(ticket.Action.Route, Name),
            Method = method,
            Target = target,
            Upstream = upstream,
            Credential = ticket.Action.Credential is { } credential ? SafeText.Of(credential, Name) : null,
            Fields = fields,
            Call = call,
            Missing = sheet.Missing + (shown?.HiddenBytes ?? 0) + method.Missing + (upstream?.Missing ?? 0),
            Agent = SafeText.Of(ticket.Agent.Id, Name),
            Owner = PersonOf(ticket.Agent.Owner),
            OnBehalfOf = ticket.Agent.OnBehalfOf is { } person ? PersonOf(person) : null,
            Claims = [.. ticket.Claims.Take(room.Lines).Select(claim => (claim.Key, SafeText.Of(claim.Value, room.Words)))],
            Rules = [.. ticket.Rules.Take(room.Lines).Select(rule => RuleOf(rule, room))],
            Earlier = [.. ticket.Earlier.Take(room.Lines)],
            Progress = SafeText.Of(NeedProgress.Of(ticket, sight.Rules).ToString(), room.Words),
            Votes = [.. ticket.Votes.TakeLast(room.Lines).Select(vote => new CardVote(
                PersonOf(vote.Person), vote.Approve, vote.Reason is { } reason ? SafeText.OfPeople(reason, room.Words) : null, vote.At, vote.Channel,
                vote.Authenticated == Ballot.Local))],
            Opened = ticket.Opened,
            DecideBy = ticket.DecideBy,
            UseBy = ticket.UseBy,
            Ended = ticket.Ended,
            Because = ticket.EndedBecause is { Length: > 0 } because ? SafeText.Of(because, room.Words) : null,
            UpstreamStatus = ticket.Execution?.Status,
            Page = new(sight.Console, $"/tickets/{ticket.Id.Value}"),
            Viewer = sight.Viewer is { } viewer ? CardViewer.Of(viewer, ticket, sight.Rules) : null,
            IsOpen = ticket.Status == TicketStatus.Pending && sight.Now < ticket.DecideBy,
        };

        SafeText PersonOf(string id) => people.Find(id) is { } known ? SafeText.OfPeople($"{known.Name} ({id})", Name) : SafeText.Of(id, Name);
    }

    private static CardRule RuleOf(MatchedRule rule, CardRoom room) => new(
        SafeText.Of(rule.Id, Name), [.. rule.Because.Take(room.Lines).Select(because => SafeText.Of(because, room.Words))], rule.Unknown);
}
