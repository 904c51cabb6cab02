using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;

namespace AiAccessProxy.Gate.Wire;

/// <summary>
/// The bytes of one agent's connection as the server takes them, which reads over chunk extensions without end: whoever puts 20 KB of them
/// beside each byte makes work out of nothing, and hides from whatever reads them differently (RFC 9112, 7.1.1 wants a limit).
/// </summary>
internal sealed class ChunkedWire(PipeReader wire) : PipeReader
{
    private ChunkExtensions? _extensions;
    private ReadOnlySequence<byte> _given;

    /// <summary>Puts itself between a connection and its server.</summary>
    public static async Task WatchAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var transport = connection.Transport;
        var watched = new ChunkedWire(transport.Input);
        connection.Features.Set(watched);
        connection.Transport = new Ends(watched, transport.Output);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
        }
    }

    /// <summary>A request's head has been taken; what follows is its body in chunks.</summary>
    /// <param name="mostExtensions">In bytes, over the whole body.</param>
    public void BeginBody(int mostExtensions) => _extensions = new(mostExtensions);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        Given(await wire.ReadAsync(cancellationToken));

    public override bool TryRead(out ReadResult result)
    {
        var isThere = wire.TryRead(out result);
        if (isThere) Given(result);
        return isThere;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (_extensions is { } extensions) extensions.Take(_given.Slice(_given.Start, consumed));
        _given = default;
        wire.AdvanceTo(consumed, examined);
        // Thrown before the server has told anybody that the body is over: whoever reads it gets this in place of its end.
        if (_extensions is { IsTooMuch: true }) throw TooMuch();
        if (_extensions is { IsOver: true }) _extensions = null;
    }

    public override void CancelPendingRead() => wire.CancelPendingRead();

    public override void Complete(Exception? exception = null) => wire.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => wire.CompleteAsync(exception);

    private ReadResult Given(ReadResult result)
    {
        _given = result.Buffer;
        if (_extensions is not { IsTooMuch: true }) return result;
        wire.AdvanceTo(result.Buffer.Start);
        throw TooMuch();
    }

    private static BadHttpRequestException TooMuch() =>
        new("more bytes of chunk extensions than gate:limits:chunkExtensions lets through", StatusCodes.Status400BadRequest);

    private sealed class Ends(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
