using AiAccessProxy.Actions;
using AiAccessProxy.Ledger;
using Yarp.ReverseProxy.Forwarder;

namespace AiAccessProxy.Forwarding;

/// <summary>Sends exactly the bytes that were decided on, once, and streams the answer back.</summary>
internal sealed class UpstreamForwarder(IHttpForwarder forwarder, UpstreamConnections connections, TimeProvider time)
{
    /// <remarks>
    /// Answers the agent itself only when the upstream answered. For <see cref="ActionOutcome.NotSent"/> and <see cref="ActionOutcome.Unknown"/>
    /// with a response that has not started, the caller writes the problem.
    /// </remarks>
    /// <exception cref="InvalidOperationException">Something else was cleared, or the clearance has been used. Nothing is sent.</exception>
    public async Task<ActionOutcome> SendAsync(Cleared cleared, BoundAction action, HttpContext context)
    {
        if (cleared.Record.Action?.Digest != action.Digest.Hex) throw new InvalidOperationException("Another action was cleared.");
        if (cleared.IsPrivileged && action.Action.Body is ActionBody.Streamed)
            throw new InvalidOperationException("A privileged call is sent from a body that was read whole.");
        if (!cleared.TrySpend()) throw new InvalidOperationException("A clearance lets one call through, and this one has.");

        var started = time.GetTimestamp();
        using var span = new UpstreamSpan(cleared, action);
        using var agent = new AgentSide(context, action.Action.Body, followsTheAgent: !cleared.IsPrivileged);
        var outcome = cleared.IsPrivileged
            ? await SendOnItsOwnAsync(cleared, action, context, agent, started)
            : await SendPooledAsync(cleared, action, context, agent, started);
        span.Ended(outcome);
        return outcome;
    }

    private async Task<ActionOutcome> SendPooledAsync(Cleared cleared, BoundAction action, HttpContext context, AgentSide agent, long started)
    {
        var sent = new SentOnce();
        var call = new CallTransformer(cleared, action, sent);
        var error = await ForwardAsync(action, context, connections.Pooled, call);
        return await AnsweredAsync(error, context, call, agent, started) ?? Failed(error, context, sent.HasBegun, started);
    }

    private async Task<ActionOutcome> SendOnItsOwnAsync(
        Cleared cleared, BoundAction action, HttpContext context, AgentSide agent, long started)
    {
        var sending = new OneSending(cleared, action.Upstream.HttpVersion.Major == 2);
        using var connection = connections.For(sending, cleared.SendWithin);
        var call = new CallTransformer(cleared, action, new SentOnce());
        var error = await ForwardAsync(action, context, connection, call);
        if (await AnsweredAsync(error, context, call, agent, started) is { } answered) return answered;
        var failed = Failed(error, context, sending.HasLeft, started);
        return sending.WasTooLate && failed is ActionOutcome.NotSent late
            ? late with { Why = "it was too late to send it when the upstream was ready", Error = "too_late" }
            : failed;
    }

    private ValueTask<ForwarderError> ForwardAsync(BoundAction action, HttpContext context, HttpMessageInvoker connection, CallTransformer call)
    {
        var settings = new ForwarderRequestConfig
        {
            ActivityTimeout = action.Upstream.Timeout,
            Version = action.Upstream.HttpVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        return forwarder.SendAsync(context, action.Upstream.Origin.AbsoluteUri, connection, settings, call, CancellationToken.None);
    }

    private async Task<ActionOutcome?> AnsweredAsync(
        ForwarderError error, HttpContext context, CallTransformer call, AgentSide agent, long started)
    {
        if (call.Status is not { } status) return null;
        var hasStarted = context.Response.HasStarted;
        // A request body that the upstream did not want to the end does not make its answer less whole.
        var isWhole = error is ForwarderError.None
            || (hasStarted && error is ForwarderError.RequestBodyDestination or ForwarderError.RequestBodyCanceled);
        if (!hasStarted) context.Response.Headers[CallTransformer.RecordHeader] = call.Record;
        var delivered = isWhole && await agent.FinishAsync();
        return new ActionOutcome.Answered(status, agent.AnswerBytes, delivered, agent.BodySha256, time.GetElapsedTime(started));
    }

    private ActionOutcome Failed(ForwarderError error, HttpContext context, bool mayHaveLeft, long started)
    {
        var exception = context.Features.Get<IForwarderErrorFeature>()?.Exception;
        var why = UpstreamFailure.Describe(error, exception);
        var fault = UpstreamFailure.FaultOf(error, exception);
        if (!context.Response.HasStarted) context.Response.Clear();
        var duration = time.GetElapsedTime(started);
        var kind = UpstreamFailure.Kind(error, exception);
        return mayHaveLeft
            ? new ActionOutcome.Unknown(why, duration) { Fault = fault, Error = kind }
            : new ActionOutcome.NotSent(why, duration) { Fault = fault, Error = kind };
    }
}
