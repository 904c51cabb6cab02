using System.Collections.Concurrent;
using AiAccessProxy.Actions;
using AiAccessProxy.Approvals.Instances;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Approvals;

/// <summary>The privileged calls that this instance is sending: it keeps their leases alive until what became of them is on record.</summary>
internal sealed class Running(Tickets tickets, Records records, IOptions<ApprovalOptions> options, InstanceSet instances)
{
    /// <summary>For so long what is due is left to the one of several instances that sees to it.</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(3);

    // By ticket: how it stands since it was moved here last, and when its lease was last renewed.
    private readonly ConcurrentDictionary<TicketId, (Standing Standing, DateTimeOffset Renewed)> _runs = [];

    public DateTimeOffset Now => records.Now;

    /// <summary>A use that begins now.</summary>
    public Execution Execution()
    {
        var now = records.Now;
        return new(Guid.CreateVersion7(now), records.Instance, now, now + options.Value.Lease, null, null, false, null);
    }

    /// <param name="call">The call as the rules in force now see it; a use is on record as its own, not as that of the call that opened the ticket.</param>
    public Edge EdgeTo(Ticket next, Bound call) => next.Status == TicketStatus.Executing
        ? new(next, [records.Of(next, next.Execution!.Record) with { Policy = call.Policy, Agent = Records.AgentOf(call.Action) }], next.UseBy)
        : new(next, [records.Of(next) with { Policy = call.Policy }]);

    public void Began(Standing standing) => _runs[standing.Ticket.Id] = (standing, standing.Ticket.Execution!.Started);

    /// <summary>It is being sent here, so its sender lives, whatever its lease says.</summary>
    public bool Has(TicketId id) => _runs.ContainsKey(id);

    /// <summary>Other processes may be sending, too.</summary>
    public bool MayBeElsewhere => instances.IsShared;

    /// <summary>Whether this instance is to end the ticket that the clock has made due: all would try at once otherwise, and all but one in vain.</summary>
    public bool IsForUs(Ticket ticket, DateTimeOffset now) =>
        !Has(ticket.Id) && (instances.IsMine(ticket.Id.Value) || Tickets.DueOf(ticket) is not { } due || due + Courtesy <= now);

    /// <summary>Ends the ticket of a cleared call with its record, and says how its run stands then.</summary>
    /// <exception cref="LedgerUnavailableException">Not known to be on record; the run goes on being kept alive.</exception>
    public async ValueTask<RunEnd> CloseAsync(TicketId id, LedgerRecord cleared, ActionOutcome outcome)
    {
        var end = RunEnd.NotBegun;
        await tickets.MoveAsync(id, ticket =>
        {
            var moved = TicketMoves.Close(ticket, cleared.Id, outcome, records.Now);
            end = moved is Moved.To || TicketMoves.HasClosed(ticket, cleared.Id, outcome) ? RunEnd.Closed
                : ticket.Execution?.Record == cleared.Id ? RunEnd.GivenUp
                : ticket.Status == TicketStatus.Approved ? RunEnd.NotBegun
                : RunEnd.NeverBegan;
            return moved is Moved.To(var next) ? new(next, [records.Of(cleared, outcome)]) : null;
        }, _runs.TryGetValue(id, out var run) ? run.Standing : null);
        // A use that was in doubt may have been followed by another, which is still being sent.
        if (_runs.TryGetValue(id, out var over) && over.Standing.Ticket.Execution?.Record == cleared.Id) _runs.TryRemove(id, out _);
        return end;
    }

    /// <summary>Renews the leases that have run for a third of their time.</summary>
    /// <exception cref="LedgerUnavailableException">They could not be renewed.</exception>
    public Task RenewAsync()
    {
        var now = records.Now;
        return Task.WhenAll(_runs
            .Where(run => now - run.Value.Renewed >= options.Value.Lease / 3)
            .Select(run => RenewAsync(run.Key, run.Value.Standing).AsTask()));
    }

    /// <summary>What becomes of it goes on record without its ticket.</summary>
    public void Forget(TicketId id) => _runs.TryRemove(id, out _);

    private async ValueTask RenewAsync(TicketId id, Standing known)
    {
        try
        {
            await ExtendAsync(id, known);
        }
        catch (LedgerUnavailableException altered) when (altered.IsAltered)
        {
            // Nobody moves it any more, and others have leases, too.
        }
    }

    private async ValueTask ExtendAsync(TicketId id, Standing known)
    {
        var (now, record) = (records.Now, known.Ticket.Execution!.Record);
        var standing = await tickets.MoveAsync(
            id, ticket => TicketMoves.Renew(ticket, record, now + options.Value.Lease) is Moved.To(var next) ? new(next, []) : null, known);
        if (standing?.Ticket.Execution?.Lease == now + options.Value.Lease && _runs.TryGetValue(id, out var run)) _runs.TryUpdate(id, (standing, now), run);
    }
}
