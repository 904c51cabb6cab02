namespace AiAccessProxy.Actions;

/// <summary>A request that is refused because it has no single meaning. <paramref name="Detail"/> tells its author what to send instead.</summary>
internal sealed record Unclear(Ambiguity Kind, string Detail);
