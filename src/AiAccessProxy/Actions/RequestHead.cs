namespace AiAccessProxy.Actions;

/// <summary>The head of a request as it came in: before its route is known and before anything is taken out of it.</summary>
/// <param name="Fields">
/// All header fields as the server gives them: it keeps the order of repeated fields, not that of different ones, and spells the names it
/// knows in their standard form.
/// </param>
/// <param name="HasBody">Whether a body follows, of whatever length.</param>
/// <param name="BodyLength">In bytes; null when there is none or it is chunked.</param>
internal sealed record RequestHead(
    string Method, CanonicalTarget Target, IReadOnlyList<HeaderField> Fields, bool HasBody)
{
    public long? BodyLength { get; init; }

    /// <summary>Reads method, target and header fields, and refuses what servers are known to read differently.</summary>
    public static RequestReading Read(HttpContext context) => throw new NotImplementedException();

    /// <summary>
    /// What would be forwarded: <paramref name="rest"/> (the target without the route's prefix) and the end-to-end fields. The agent's
    /// credentials and its <c>AiAccess-*</c> context are taken out, and so are <c>respond-async</c> and <c>wait</c> of <c>Prefer</c>.
    /// </summary>
    public HeadReading ForRoute(CanonicalTarget rest, ReadingPlan plan) => throw new NotImplementedException();
}
