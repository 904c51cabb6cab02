namespace AiAccessProxy.Actions;

/// <summary>
/// The one reading of a request target (RFC 9112, 3.2.1 origin-form). <see cref="Raw"/> holds the very bytes that came in, less the
/// route's prefix; the same text is matched, digested, shown and forwarded.
/// </summary>
internal sealed record CanonicalTarget(string Raw, IReadOnlyList<PathSegment> Segments, IReadOnlyList<QueryParameter> Query);
