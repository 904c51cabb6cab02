using System.IO.Pipelines;
using AiAccessProxy.Forwarding.Delivery;
using Microsoft.AspNetCore.Connections;

namespace AiAccessProxy.Tests.Forwarding.Delivery;

public class WatchedReaderTests
{
    private const byte Headers = 1;
    private const byte Reset = 3;

    [Fact]
    public async Task Each_reset_is_counted_once_in_whatever_pieces_it_comes_and_is_taken()
    {
        var random = new Random(3);
        for (var round = 0; round < 200; round++)
        {
            var pipe = new Pipe();
            var counted = 0;
            var reader = new WatchedReader(pipe.Reader, new(), new(resets => (counted += resets) > 0));
            var (bytes, resets) = Frames(random);
            for (var at = 0; at < bytes.Length;)
            {
                var piece = Math.Min(random.Next(1, 60), bytes.Length - at);
                await pipe.Writer.WriteAsync(bytes.AsMemory(at, piece));
                at += piece;
                var read = await reader.ReadAsync();
                // The server takes whole frames and looks at the rest again.
                var taken = read.Buffer.GetPosition(random.NextInt64(read.Buffer.Length + 1));
                reader.AdvanceTo(taken, read.Buffer.End);
            }

            Assert.Equal(resets, counted);
        }
    }

    [Fact]
    public async Task A_burst_of_more_than_may_be_never_reaches_the_server()
    {
        var pipe = new Pipe();
        var reader = new WatchedReader(pipe.Reader, new(), new(resets => resets <= 2));
        await pipe.Writer.WriteAsync((byte[])[.. new byte[24], .. Frame(Reset, 1), .. Frame(Headers, 3), .. Frame(Reset, 3), .. Frame(Reset, 5)]);
        await Assert.ThrowsAsync<ConnectionAbortedException>(async () => await reader.ReadAsync());
    }

    private static (byte[] Bytes, int Resets) Frames(Random random)
    {
        List<byte> bytes = [.. new byte[24]];
        var resets = 0;
        for (var i = random.Next(1, 20); i > 0; i--)
        {
            var isReset = random.Next(2) == 0;
            if (isReset) resets++;
            bytes.AddRange(Frame(isReset ? Reset : Headers, 2 * i + 1));
        }

        return ([.. bytes], resets);
    }

    private static byte[] Frame(byte type, int stream) => [0, 0, 4, type, 0, 0, 0, 0, (byte)stream, 0, 0, 0, 8];
}
