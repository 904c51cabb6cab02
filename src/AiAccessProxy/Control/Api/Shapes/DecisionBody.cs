namespace AiAccessProxy.Control.Api.Shapes;

/// <summary>What is sent to suspend or resume an agent, or to revoke a key. Who decides is whose key came with it.</summary>
internal sealed record DecisionBody(string? Reason = null);
