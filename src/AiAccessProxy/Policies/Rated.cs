namespace AiAccessProxy.Policies;

/// <summary>A limit and what it is counted for: <c>route payments</c>, <c>rule refund of route payments</c>, <c>all routes</c>.</summary>
internal sealed record Rated(string Of, RateLimit Limit);
