using AiAccessProxy.Actions;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Forwarding;

/// <summary>Sends exactly the bytes that were decided on, once, and streams the answer back.</summary>
internal sealed class UpstreamForwarder
{
    /// <remarks>
    /// Answers the agent itself only when the upstream answered. For <see cref="ActionOutcome.NotSent"/> and <see cref="ActionOutcome.Unknown"/>
    /// with a response that has not started, the caller writes the problem.
    /// </remarks>
    public Task<ActionOutcome> SendAsync(Cleared cleared, BoundAction action, HttpContext context) => throw new NotImplementedException();
}
