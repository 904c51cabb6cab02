using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Channels;

/// <summary>What one person may do, by the rules in force now. Null in <paramref name="WhyNot"/>: their approval would count.</summary>
internal sealed record CardViewer(string Person, bool MayDeny, string? WhyNot)
{
    public bool MayApprove => WhyNot is null;

    public static CardViewer Of(string person, Ticket ticket, PolicySnapshot rules) => new(
        person,
        Entitlement.Objection(ticket, person, approve: false, rules) is null,
        Entitlement.Objection(ticket, person, approve: true, rules) is { } objection ? VoteWords.Of(objection) : null);
}
