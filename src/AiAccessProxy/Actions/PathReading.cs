namespace AiAccessProxy.Actions;

/// <summary>A path as some upstreams are known to read it, beside the literal reading.</summary>
/// <param name="Kinds">What an upstream would have to do to the path to read it so; a rule that accepts one of them is spared this reading.</param>
/// <param name="CutsQuery">It takes the end of the path for a query, or cuts the query off.</param>
internal sealed record PathReading(IReadOnlyList<PathSegment> Segments, IReadOnlyList<Ambiguity> Kinds, bool CutsQuery)
{
    /// <summary>How often it was decoded beyond the first time.</summary>
    public int Decodings { get; init; }

    /// <summary>The same reading of what is left without the first <paramref name="segments"/>, which are <paramref name="cut"/> characters.</summary>
    public PathReading Without(int segments, int cut) => this with
    {
        Segments = segments >= Segments.Count
            ? [new("", 1, 0)]
            : [.. Segments.Skip(segments).Select(segment => segment with { Start = segment.Start - cut })],
    };
}
