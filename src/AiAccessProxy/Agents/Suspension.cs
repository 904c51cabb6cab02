namespace AiAccessProxy.Agents;

/// <summary>Who stopped an agent, when, and why in their words. It lasts until somebody resumes the agent.</summary>
internal sealed record Suspension(string By, DateTimeOffset At, string? Why);
