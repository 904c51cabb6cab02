namespace AiAccessProxy.Actions;

/// <summary>
/// The one reading of a request target (RFC 9112, 3.2.1 origin-form). <see cref="Raw"/> holds the very bytes that came in, less the
/// route's prefix; the same text is matched, digested, shown and forwarded.
/// </summary>
/// <param name="Segments">
/// The literal reading: one for each <c>/</c> of the path, decoded once. <c>/a/b</c> has two, <c>/a/</c> has <c>a</c> and an empty one,
/// <c>/</c> has one empty one.
/// </param>
internal sealed record CanonicalTarget(string Raw, IReadOnlyList<PathSegment> Segments, IReadOnlyList<QueryParameter> Query)
{
    /// <summary>What upstreams are known to read differently here: the call is refused unless each is accepted by name.</summary>
    public IReadOnlyList<Unclear> Doubts { get; init; } = [];

    /// <summary>
    /// What upstreams are known to make of the path beside <see cref="Segments"/>. None where there is no doubt; look-alikes of separators
    /// have readings without one.
    /// </summary>
    public IReadOnlyList<PathReading> Readings { get; init; } = [];

    /// <summary>Reads the raw target of a request line (<c>IHttpRequestFeature.RawTarget</c>), strictly.</summary>
    public static TargetReading Read(string rawTarget) => new TargetReader(rawTarget).Read();

    /// <summary>
    /// The target that is left once its first <paramref name="segments"/> segments are removed: a route's prefix. <c>/</c> is left when
    /// that was the whole path.
    /// </summary>
    public CanonicalTarget Without(int segments)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(segments, Segments.Count);
        if (segments == 0) return this;
        var isAll = segments == Segments.Count;
        var last = Segments[segments - 1];
        var cut = last.Start + last.Length - (isAll ? 1 : 0);
        var raw = isAll ? string.Concat("/", Raw.AsSpan(cut + 1)) : Raw[cut..];
        return new(
            raw,
            isAll ? [new("", 1, 0)] : [.. Segments.Skip(segments).Select(segment => segment with { Start = segment.Start - cut })],
            [.. Query.Select(parameter => parameter with { ValueStart = parameter.ValueStart - cut })])
        {
            Doubts = raw.StartsWith("//", StringComparison.Ordinal)
                ? [new(Ambiguity.TargetForm, "'//' where the path begins for the upstream: some servers read a host there. Send one '/'."), .. Doubts]
                : Doubts,
            Readings = [.. Readings.Select(reading => reading.Without(segments, cut))],
        };
    }
}
