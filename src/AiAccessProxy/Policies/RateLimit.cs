namespace AiAccessProxy.Policies;

/// <summary>
/// At most <paramref name="Calls"/> calls in any span of <paramref name="Within"/>, for each agent by itself. Counted in the memory of one
/// instance: with several behind a balancer an agent gets as much from each, and a restart begins anew.
/// </summary>
internal sealed record RateLimit(int Calls, TimeSpan Within);
