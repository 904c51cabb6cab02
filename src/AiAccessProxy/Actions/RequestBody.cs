namespace AiAccessProxy.Actions;

/// <summary>Reads the body of a request, whole or not at all.</summary>
internal static class RequestBody
{
    /// <summary>For a call whose body no rule looks into: it is left where it is and will be streamed.</summary>
    public static ActionBody Unread(RequestHead head) => throw new NotImplementedException();

    /// <summary>Reads the body whole, up to <paramref name="plan"/>'s limit, and what rules can see in it.</summary>
    /// <param name="head">As forwarded: its <c>Content-Type</c> and <c>Content-Encoding</c> say how the upstream will read the body.</param>
    public static ValueTask<BodyReading> ReadWholeAsync(
        HttpContext context, RequestHead request, ActionHead head, ReadingPlan plan, CancellationToken clientGone) =>
        throw new NotImplementedException();
}
