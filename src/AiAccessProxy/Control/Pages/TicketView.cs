using AiAccessProxy.Approvals;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Control.Stories;
using AiAccessProxy.People;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Pages;

/// <summary>One ticket as one person sees it at one moment.</summary>
internal sealed record TicketView(Ticket Ticket, Viewer Viewer, PolicySnapshot Rules, DateTimeOffset Now)
{
    /// <summary>Null when the ledger could not be read.</summary>
    public Story? Story { get; init; }

    /// <summary>What became of a vote that was just tried and did not count.</summary>
    public ControlProblem? Notice { get; init; }

    /// <summary>The reason that was typed with it, so that nobody has to type it again.</summary>
    public string? Typed { get; init; }

    public PeopleDirectory People => Rules.People;

    public bool MayApprove => Entitlement.Objection(Ticket, Viewer.Person.Id, approve: true, Rules) is null;

    public bool MayDeny => Entitlement.Objection(Ticket, Viewer.Person.Id, approve: false, Rules) is null;
}
