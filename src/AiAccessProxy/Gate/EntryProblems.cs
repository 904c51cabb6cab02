using AiAccessProxy.Actions;
using AiAccessProxy.Agents;

namespace AiAccessProxy.Gate;

/// <summary>What is said to calls that are refused before any rule is asked.</summary>
internal static class EntryProblems
{
    public static Problem UnknownAgent { get; } = new(
        StatusCodes.Status401Unauthorized, "unknown-agent", "Unknown agent",
        "No known agent key or token came with this call. Send yours in the header AiAccess-Token (or in the one that this route documents). " +
        "If you did send it, it may have expired or been revoked: get a new token, or ask your owner for a new key.")
    { NextAction = "send-agent-key" };

    /// <summary>403: not even beside an agent's key, and never passed on.</summary>
    public static Problem PersonsCredential { get; } = new(
        StatusCodes.Status403Forbidden, "persons-credential", "People have no business here",
        "This call carries a person's key, or the session of a person's browser. The agent plane takes neither and passes neither on, so the call was not " +
        "executed. Send it with your agent's key alone. People read and decide on the control plane.")
    { NextAction = "take-the-credential-off" };

    public static Problem UnknownRoute { get; } = new(
        StatusCodes.Status404NotFound, "unknown-route", "Unknown route",
        "No route of this proxy begins like this path. Check the base URL you were given: it ends with the route's prefix.")
    { NextAction = "check-base-url" };

    /// <summary>The same kind: for this host there is no route.</summary>
    public static Problem UnknownHost { get; } = UnknownRoute with
    {
        Detail = "This proxy does not answer this call under the host that it names (Host, or :authority). Check the host and port of the base URL you were given.",
    };

    /// <summary>The same kind: there was a route when the call began, and by the end of its body it would have been another, or none.</summary>
    public static Problem RouteMoved { get; } = UnknownRoute with
    {
        Detail = "The routes of this proxy changed while this call came in, so it was not executed. Repeat the identical call.",
        Retryable = true,
        NextAction = "repeat-identical-call",
    };

    public static Problem UnknownTicket { get; } = new(
        StatusCodes.Status404NotFound, "unknown-ticket", "Unknown ticket",
        "There is no ticket of yours with this id. Ids of other agents' tickets answer the same.")
    { NextAction = "check-ticket-id" };

    public static Problem NotOwnMethod { get; } = new(
        StatusCodes.Status405MethodNotAllowed, "method-not-allowed", "Method not allowed",
        "Tickets are read with GET /.ai-access/tickets/{id} and withdrawn with POST /.ai-access/tickets/{id}/cancel.")
    { NextAction = "use-the-documented-method" };

    /// <summary>403: a person stopped the agent. The words are that person's; the agent is told them, as it is told why a reviewer denied.</summary>
    public static Problem AgentSuspended(Suspension suspension) => new(
        StatusCodes.Status403Forbidden, "agent-suspended", "This agent is suspended",
        $"A person suspended this agent at {suspension.At:u}{(suspension.Why is { Length: > 0 } why ? $": {why}" : "")}. The call was not executed, " +
        "and no call will be until somebody resumes the agent. Stop, and ask your owner. Tickets that are pending stay as they are.")
    { NextAction = "ask-your-owner" };

    public static Problem NotRecordable { get; } = new(
        StatusCodes.Status503ServiceUnavailable, "not-recordable", "The decision cannot be recorded",
        "The proxy cannot write its ledger right now, and what cannot be recorded does not happen: this call was not executed. " +
        "Repeat it later; operators have been alarmed.")
    { Retryable = true, NextAction = "repeat-later", RetryAfter = TimeSpan.FromSeconds(5) };

    public static Problem Internal { get; } = new(
        StatusCodes.Status500InternalServerError, "internal-error", "The proxy failed",
        "The proxy met an error of its own and did not send this call any further than its ledger says. Tell its operators.")
    { NextAction = "tell-operators" };

    /// <summary>400 (501 for an upgrade): the request can be read in more than one way, so it is not read at all.</summary>
    public static Problem NoSingleMeaning(Unclear unclear) => new(
        unclear.Kind == Ambiguity.Upgrade ? StatusCodes.Status501NotImplemented : StatusCodes.Status400BadRequest,
        "no-single-meaning", "The request has no single meaning", $"{unclear.Detail} The call was not sent ({OptIns.NameOf(unclear.Kind)}).")
    {
        NextAction = "rewrite-the-request",
        // Whatever is doubtful: a line that may be taken apart in two ways may end in two places.
        EndsConnection = true,
    };

    /// <summary>A body that was streamed to the upstream turned out to be malformed in its midst.</summary>
    public static Problem BrokenBody { get; } = NoSingleMeaning(new(Ambiguity.Framing, "")) with
    {
        Detail = "The body is not framed as HTTP wants it, so it was broken off before its end: the upstream did not get the call whole (framing).",
    };

    public static Problem BodyTooLarge(long limit) => new(
        StatusCodes.Status413PayloadTooLarge, "body-too-large", "The body is too large to be inspected",
        $"A rule has to look into this call's body, and it is larger than {limit} bytes, as sent or decompressed. The call was not sent. Send less at a time.")
    { NextAction = "send-a-smaller-body" };

    public static Problem UnreadableBody(string why) => new(
        StatusCodes.Status415UnsupportedMediaType, "unreadable-body", "The body cannot be inspected",
        $"A rule has to look into this call's body and cannot: {why}. The call was not sent. Send plain UTF-8 JSON as application/json, or a plain form.")
    { NextAction = "rewrite-the-request" };
}
