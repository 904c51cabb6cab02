using System.Diagnostics;
using AiAccessProxy.Actions;
using AiAccessProxy.Approvals.Roster;
using AiAccessProxy.Approvals.Showing;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals;

/// <summary>Finds the ticket of a privileged call: the living one of an identical call, or a new one.</summary>
internal sealed class Opening(Tickets tickets, Records records, Repeats repeats, RosterBook roster)
{
    private const int MostEarlierRuns = 10;

    public async ValueTask<Opened> AskAsync(Bound bound, Requirement requirement, CancellationToken cancellationToken)
    {
        if (Missing(requirement.Require, bound.Action.Action.Head.Claims) is { Count: > 0 } missing)
            return new Opened.No(new Refused.ContextRequired(missing, bound.Decision.Rules));

        var digest = bound.Action.Digest.Hex;
        var keys = TicketKeys.Of(bound.Action.Caller.Agent.Id, bound.Action.Route, digest, bound.Action.Action.Head.IdempotencyKey);
        for (var tries = 0; tries < Tickets.MaxTries; tries++)
        {
            var agents = roster.InForce.Agents;
            if (agents.SuspensionOf(bound.Action.Caller.Agent.Id) is { } suspension) return new Opened.No(new Refused.AgentSuspended(suspension));

            var keyed = keys.Idempotency is { } key ? await tickets.FindAsync(key, cancellationToken) : null;
            if (keyed is not null && repeats.IsKeyOfAnother(keyed.Ticket, digest))
                return new Opened.No(new Refused.KeyReused(keyed.Ticket));

            var same = await tickets.FindAsync(keys.Join, cancellationToken);
            switch (same is null ? new Repeat.Opens() : repeats.Of(same.Ticket, requirement, bound))
            {
                case Repeat.Joins:
                    return new Opened.To(same!, Joined: true);
                case Repeat.Answered(var refused):
                    return new Opened.No(refused);
                case Repeat.Ends:
                    await tickets.MoveAsync(same!.Ticket.Id, ticket => EndOf(ticket, requirement, bound));
                    break;
                default:
                    // What reviewers are shown is dear to make, and a flood would have it made for nothing.
                    if (await tickets.LimitReachedAsync(bound.Action.Caller.Agent.Id, cancellationToken) is { } most) return TooMany(most);
                    var ticket = NewTicket(bound, requirement, same?.Ticket);
                    switch (await tickets.OpenAsync(ticket, same, keyed, RosterBook.CheckOf(ticket.Agent.Id, agents)))
                    {
                        case Outcome.Done: return new Opened.To(new(ticket, 1), Joined: false);
                        case Outcome.LimitReached(var limit): return TooMany(limit);
                        case null: return new Opened.No(new Refused.TicketTooLarge(bound.Decision.Rules));
                        // Another call was faster, or somebody decided about the agent just now.
                        default: await roster.RefreshAsync(ticket.Agent.Id); break;
                    }

                    break;
            }
        }

        throw new LedgerUnavailableException($"Identical calls were faster {Tickets.MaxTries} times in a row.");
    }

    private static Opened.No TooMany(int limit) => new(new Refused.TooMany("pending tickets", limit));

    private Edge? EndOf(Ticket ticket, Requirement requirement, Bound bound) =>
        repeats.Of(ticket, requirement, bound) is Repeat.Ends(var next) ? new(next, [records.Of(next)]) : null;

    private static List<ClaimName> Missing(IReadOnlyList<ClaimName> required, Claims claims)
    {
        var made = Records.ClaimsOf(claims).Where(claim => !string.IsNullOrWhiteSpace(claim.Value)).Select(claim => claim.Key).ToHashSet();
        return [.. required.Where(name => !made.Contains(Records.Lower(name)))];
    }

    private Ticket NewTicket(Bound bound, Requirement requirement, Ticket? before)
    {
        var now = records.Now;
        return new()
        {
            Id = TicketId.New(now),
            Status = TicketStatus.Pending,
            Agent = Records.AgentOf(bound.Action),
            Action = Records.ActionOf(bound),
            IdempotencyKey = bound.Action.Action.Head.IdempotencyKey,
            Risk = requirement.Risk,
            Summary = requirement.Summary,
            Rules = bound.Decision.Rules,
            Observed = [.. bound.Decision.Observed.Select(rule => rule.Id)],
            Needs = requirement.Needs,
            Claims = Records.ClaimsOf(bound.Action.Action.Head.Claims),
            Controls = requirement.Controls,
            Notify = requirement.Notify,
            Policy = bound.Policy,
            Fingerprint = requirement.Fingerprint,
            Trace = Activity.Current?.TraceId.ToHexString(),
            Traceparent = Activity.Current is { Recorded: true } call ? call.Id : null,
            Opened = now,
            DecideBy = now + requirement.DecideWithin,
            UseWithin = requirement.UseWithin,
            Earlier = before is null
                ? []
                : [new(before.Id.Value, before.Opened, before.Status, before.Execution?.Status), .. before.Earlier.Take(MostEarlierRuns - 1)],
            Shown = CallShowing.Of(bound.Action, bound.Decision),
        };
    }
}
