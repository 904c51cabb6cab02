using System.Globalization;
using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Approvals.Roster;
using AiAccessProxy.Approvals.Teams.Inbound;
using AiAccessProxy.People;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Teams.Chat;

/// <summary>What the bot says of tickets and people: to somebody known, and never more than a list on the console says. It offers no vote.</summary>
internal sealed class TicketWords(ApprovalDesk desk, PolicyStore policies)
{
    private const int Most = 15;
    private const int Room = 200;

    /// <summary>Fewer characters of an id are a guess.</summary>
    private const int ShortestId = 6;

    public async ValueTask<IReadOnlyList<string>> PendingAsync(Person person, CancellationToken cancellationToken)
    {
        var pending = await PendingAsync(cancellationToken);
        if (pending.Count == 0) return ["Nothing waits for anybody."];
        var mine = pending.Where(ticket => desk.WhyNot(ticket, person.Id) is null).ToList();
        var lines = mine.Concat(pending.Except(mine)).Take(Most).Select(ticket => (mine.Contains(ticket) ? "yours to decide: " : "") + LineOf(ticket));
        var more = pending.Count > Most ? [$"and {Number(pending.Count - Most)} more, on the console"] : Array.Empty<string>();
        return [$"{Number(pending.Count)} wait, {Number(mine.Count)} of them for you.", .. lines, .. more];
    }

    public async ValueTask<IReadOnlyList<string>> ShowAsync(Person person, string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } ticket) return ["I know no such ticket, or more than one. Write show and more of its id."];
        var why = ticket.IsOver ? null : desk.WhyNot(ticket, person.Id);
        return
        [
            LineOf(ticket),
            $"It is {Records.Lower(ticket.Status)}, risk {Records.Lower(ticket.Risk)}, by rule {string.Join(", ", ticket.Rules.Select(rule => Safe(rule.Id)))}.",
            .. ticket.Status == TicketStatus.Pending ? [$"It has to be decided by {At(ticket.DecideBy)}."] : Array.Empty<string>(),
            .. ticket.EndedBecause is { } because ? [$"Why it ended: {Safe(because)}"] : Array.Empty<string>(),
            ticket.Status != TicketStatus.Pending ? "There is nothing to decide any more."
                : why is null ? "You may decide it: on its card, or on the console, where you see what would be sent."
                : $"You cannot approve it: {Safe(why)}",
        ];
    }

    public IReadOnlyList<string> WhoIs(Sender.Known by)
    {
        var rules = policies.Current;
        var groups = rules.People.GroupsOf(by.Person.Id);
        return
        [
            $"You are {SafeText.OfPeople(by.Person.Name, Room)} ({by.Person.Id})"
                + (by.Authenticated == Ballot.Local ? ", but nothing here proves it: this is a playground." : ", by your account in Entra ID."),
            groups.Count > 0 ? $"You are in {string.Join(", ", groups)}." : "You are in no group.",
            Operators.Has(by.Person.Id, rules) ? "You may suspend every agent." : "You may suspend the agents that you own.",
        ];
    }

    private async ValueTask<List<Ticket>> PendingAsync(CancellationToken cancellationToken)
    {
        var pending = new List<Ticket>();
        await foreach (var ticket in desk.LiveAsync(cancellationToken))
            if (ticket.Status == TicketStatus.Pending) pending.Add(ticket);
        return pending;
    }

    private async ValueTask<Ticket?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(new(id), cancellationToken) is { } exact) return exact;
        var bare = id.StartsWith("t_", StringComparison.Ordinal) ? id[2..] : id;
        if (bare.Length < ShortestId) return null;
        return (await PendingAsync(cancellationToken)).Where(ticket => ticket.Id.Value[2..].StartsWith(bare, StringComparison.Ordinal)).Take(2).ToList() is [var only]
            ? only : null;
    }

    private static string LineOf(Ticket ticket) =>
        $"{ticket.Id}: {Safe(ticket.Agent.Id)} wants {Safe(ticket.Summary is [var first, ..] ? first : $"{ticket.Action.Method} {ticket.Action.Target}")} "
        + $"(route {Safe(ticket.Action.Route)}, {Records.Lower(ticket.Risk)})";

    private static string Safe(string text) => SafeText.Of(text, Room) is { IsWhole: true } whole ? whole.Text : $"{SafeText.Of(text, Room)}…";

    private static string At(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
