namespace AiAccessProxy.Policies;

/// <summary>An <c>approval</c> block: who has to agree, and in what time.</summary>
internal sealed record ApprovalTerms(IReadOnlyList<Need> Needs, TimeSpan DecideWithin, TimeSpan UseWithin);
