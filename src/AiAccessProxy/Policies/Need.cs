namespace AiAccessProxy.Policies;

/// <summary><paramref name="Approvals"/> approvals by distinct people, each meant by one of <paramref name="From"/> (<c>group:x</c>, <c>person:y</c>).</summary>
internal sealed record Need(int Approvals, IReadOnlyList<string> From);
