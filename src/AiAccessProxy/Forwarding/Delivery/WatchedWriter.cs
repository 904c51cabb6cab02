using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace AiAccessProxy.Forwarding.Delivery;

/// <summary>The way out of an agent's connection: tells <see cref="Deliveries"/> what a flush took, and when one did not.</summary>
/// <param name="frames">Null where the bytes are not HTTP/2's frames.</param>
internal sealed class WatchedWriter(PipeWriter connection, Deliveries deliveries, StreamEnds? frames) : PipeWriter
{
    private List<StreamEnd> _ends = [];
    private Memory<byte> _memory;

    public override bool CanGetUnflushedBytes => connection.CanGetUnflushedBytes;

    public override long UnflushedBytes => connection.UnflushedBytes;

    public override Memory<byte> GetMemory(int sizeHint = 0) => _memory = connection.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        frames?.Read(_memory.Span[..bytes], _ends);
        _memory = _memory[bytes..];
        connection.Advance(bytes);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        // The server flushes one at a time; what it writes meanwhile belongs to the next.
        var ends = _ends;
        if (ends.Count > 0) _ends = [];
        try
        {
            var result = await connection.FlushAsync(cancellationToken);
            if (result.IsCompleted) deliveries.Break();
            else if (result.IsCanceled) _ends = [.. ends, .. _ends];
            else if (!deliveries.IsBroken) deliveries.Saw(ends);
            return result;
        }
        catch
        {
            deliveries.Break();
            throw;
        }
    }

    public override void CancelPendingFlush() => connection.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
        deliveries.Break();
        connection.Complete(exception);
    }

    public override ValueTask CompleteAsync(Exception? exception = null)
    {
        deliveries.Break();
        return connection.CompleteAsync(exception);
    }
}
