namespace AiAccessProxy.Ledger.Redis;

/// <summary>How a register stands by the stream: no other state of it is good.</summary>
/// <param name="At">Position of the record with which it moved last.</param>
/// <param name="Born">Before the position of its creation; null while that is not known here.</param>
internal sealed record Mark(long Revision, string Seal, bool IsLive, long? ForgetAfter, long At, long? Born)
{
    /// <summary>The highest revision by which it was kept alive without a record, as far as was seen here.</summary>
    public long Kept { get; init; } = Revision;

    public bool IsForgotten(long now) => !IsLive && ForgetAfter <= now;
}
