namespace AiAccessProxy.Control.Api.Shapes;

/// <summary>What is sent to suspend or resume an agent, or to revoke a key. Who decides is whose key came with it.</summary>
/// <param name="Reason">At most 1,000 characters; kept on record, and that of a suspension is told to the agent.</param>
internal sealed record DecisionBody(string? Reason = null);
