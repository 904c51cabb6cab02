namespace AiAccessProxy.Ledger.Redis;

/// <summary>
/// What a writer says of its numbers: all up to <paramref name="Settled"/> stand in the stream, but for those that are void. Sealed; an old one
/// says less, never something else.
/// </summary>
/// <param name="Began">The last position when the writer began: all it wrote stands after.</param>
/// <param name="At">Up to where the writer had read when it said so.</param>
/// <param name="Highest">The last number that it had given away by then.</param>
/// <param name="From">Of numbers before this one nothing is told any more.</param>
/// <param name="Void">Numbers of changes that were refused: no record has them.</param>
/// <param name="Unsure">Numbers of which it does not know.</param>
internal sealed record Statement(
    string Writer, long Began, long At, long Highest, long From, long Settled, IReadOnlyList<long> Void, IReadOnlyList<long> Unsure);
