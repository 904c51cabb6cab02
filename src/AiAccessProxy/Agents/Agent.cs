namespace AiAccessProxy.Agents;

/// <summary>A program that calls APIs. <see cref="Owner"/> is the id of the person who answers for it.</summary>
internal sealed record Agent(string Id, string Owner, IReadOnlyList<string> Groups);
