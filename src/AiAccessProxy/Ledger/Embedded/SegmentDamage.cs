namespace AiAccessProxy.Ledger.Embedded;

/// <summary>Words for an operator whose ledger is damaged where no torn write can have done it.</summary>
internal static class SegmentDamage
{
    private const string Remedy = "Put the file back from a backup; do not edit or delete it, because what it held was promised to be kept.";

    public static LedgerRefusedException At(SegmentName segment, long offset) =>
        new($"The ledger is damaged: {segment.Path} cannot be read at byte {offset}, which had been stored safely. {Remedy}");

    public static LedgerRefusedException Header(SegmentName segment) =>
        new($"The ledger is damaged: {segment.Path} does not begin as segment {segment.Sequence} with record {segment.First}. {Remedy}");

    public static LedgerRefusedException TooShort(SegmentName segment, long wanted) =>
        new($"The ledger is damaged: {segment.Path} is shorter than the {wanted} bytes that had been stored safely. {Remedy}");

    public static LedgerRefusedException Order(SegmentName segment, long expected) =>
        new($"The ledger is damaged: {segment.Path} should continue with record {expected} and does not. {Remedy}");

    public static LedgerRefusedException Missing(string folder, int sequence) =>
        new($"The ledger is damaged: segment {sequence:D8} is missing from {folder}, or is there twice. Put it back from a backup.");
}
