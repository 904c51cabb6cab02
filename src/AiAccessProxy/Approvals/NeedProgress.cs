using AiAccessProxy.People;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals;

/// <summary>How far the approvals of a ticket have come.</summary>
/// <param name="Open">For each need that is not met: how many approvals are missing, and from whom.</param>
internal sealed record NeedProgress(long Given, long Asked, IReadOnlyList<(long Missing, string From)> Open)
{
    public static NeedProgress Of(Ticket ticket, PolicySnapshot rules)
    {
        var approvers = ticket.Votes
            .Where(vote => vote.Approve && rules.People.Find(vote.Person) is not null && !Entitlement.AnswersForAgent(ticket, vote.Person, rules))
            .Select(vote => vote.Person).Distinct().ToList();

        // Place by place: what can be filled together with those before it is filled (a matching grows so to its greatest size).
        var filled = new List<Need>();
        var open = new List<(long, string)>();
        foreach (var need in ticket.Needs)
        {
            var given = 0;
            while (given < need.Approvals && filled.Count < approvers.Count
                && Quorum.IsMet([.. filled, need with { Approvals = 1 }], approvers, rules.People.Matches))
            {
                filled.Add(need with { Approvals = 1 });
                given++;
            }

            if (given < need.Approvals) open.Add((need.Approvals - given, From(need, rules.People)));
        }

        return new(filled.Count, ticket.Needs.Sum(need => (long)need.Approvals), open);
    }

    /// <summary><c>1 of 2, still needs 1 from security</c>.</summary>
    public override string ToString() => Open.Count == 0
        ? $"{Given} of {Asked}"
        : $"{Given} of {Asked}, still needs {string.Join(" and ", Open.Select(need => $"{need.Missing} from {need.From}"))}";

    /// <summary>Whom a need asks: <c>finance or Joan</c>.</summary>
    public static string From(Need need, PeopleDirectory people) => string.Join(" or ", need.From.Select(reference => reference.Split(':', 2) switch
    {
        ["person", var id] => people.Find(id)?.Name ?? id,
        ["group", var group] => group,
        _ => reference,
    }));
}
