using AiAccessProxy.Approvals.Instances;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Approvals;

/// <summary>What a call means to the tickets that came before it, among the instances that there are.</summary>
internal sealed class Repeats(Tickets tickets, Records records, IOptions<ApprovalOptions> options, InstanceSet instances)
{
    /// <summary>
    /// What <paramref name="call"/> means to <paramref name="before"/>. While changed rules reach one instance after the other, each would cancel, votes and all,
    /// what was opened at another, as often as the agent repeats its call.
    /// </summary>
    public Repeat Of(Ticket before, Requirement requirement, Bound call) =>
        Repeat.Of(before, requirement, tickets.Epoch, records.Now, options.Value, instances.DecideOtherwise(call.Policy));

    /// <inheritdoc cref="Repeat.IsKeyOfAnother"/>
    public bool IsKeyOfAnother(Ticket holder, string digest) => Repeat.IsKeyOfAnother(holder, digest, records.Now, options.Value);
}
