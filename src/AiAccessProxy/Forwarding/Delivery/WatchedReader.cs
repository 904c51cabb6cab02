using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;

namespace AiAccessProxy.Forwarding.Delivery;

/// <summary>
/// The way in of an agent's HTTP/2 connection: tells <see cref="Deliveries"/> which streams the agent resets, and lets a burst of more than
/// it may not even begin.
/// </summary>
/// <param name="resets">Null: as many as it likes.</param>
internal sealed class WatchedReader(PipeReader connection, Deliveries deliveries, ResetBudget? resets) : PipeReader
{
    private readonly StreamEnds _taken = new(StreamEnds.ClientPreface);
    private readonly StreamEnds _ahead = new(StreamEnds.ClientPreface);
    private readonly List<StreamEnd> _ends = [];
    private ReadOnlySequence<byte> _read;

    /// <summary>Bytes at the beginning of what comes next that were counted already.</summary>
    private long _counted;

    public override bool TryRead(out ReadResult result)
    {
        if (!connection.TryRead(out result)) return false;
        Count(result.Buffer);
        return true;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var result = await connection.ReadAsync(cancellationToken);
        Count(result.Buffer);
        return result;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        // Not before the server has them: of a stream that it does not know yet nobody asks for the end.
        foreach (var bytes in _read.Slice(0, consumed)) _taken.Read(bytes.Span, _ends);
        deliveries.Saw(Resets());
        _ends.Clear();
        _counted = _read.Slice(consumed).Length;
        _read = default;
        connection.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => connection.CancelPendingRead();

    public override void Complete(Exception? exception = null) => connection.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => connection.CompleteAsync(exception);

    private void Count(ReadOnlySequence<byte> read)
    {
        _read = read;
        foreach (var bytes in read.Slice(_counted)) _ahead.Read(bytes.Span, _ends);
        _counted = read.Length;
        var count = Resets().Count;
        _ends.Clear();
        if (count > 0 && resets?.MayReset(count) == false) throw new ConnectionAbortedException("It resets too many streams.");
    }

    private List<StreamEnd> Resets()
    {
        // The end of a request says nothing about its answer.
        _ends.RemoveAll(static end => end.IsWhole);
        return _ends;
    }
}
