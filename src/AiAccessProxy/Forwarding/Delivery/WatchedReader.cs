using System.Buffers;
using System.IO.Pipelines;

namespace AiAccessProxy.Forwarding.Delivery;

/// <summary>The way in of an agent's HTTP/2 connection: tells <see cref="Deliveries"/> which streams the agent resets.</summary>
/// <param name="resets">Null: as many as it likes.</param>
internal sealed class WatchedReader(PipeReader connection, Deliveries deliveries, ResetBudget? resets) : PipeReader
{
    private readonly StreamEnds _frames = new(StreamEnds.ClientPreface);
    private readonly List<StreamEnd> _ends = [];
    private ReadOnlySequence<byte> _read;

    public override bool TryRead(out ReadResult result)
    {
        if (!connection.TryRead(out result)) return false;
        _read = result.Buffer;
        return true;
    }

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var result = await connection.ReadAsync(cancellationToken);
        _read = result.Buffer;
        return result;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        foreach (var bytes in _read.Slice(0, consumed)) _frames.Read(bytes.Span, _ends);
        _read = default;
        // The end of a request says nothing about its answer.
        _ends.RemoveAll(static end => end.IsWhole);
        deliveries.Saw(_ends);
        resets?.Spend(_ends.Count);
        _ends.Clear();
        connection.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => connection.CancelPendingRead();

    public override void Complete(Exception? exception = null) => connection.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => connection.CompleteAsync(exception);
}
