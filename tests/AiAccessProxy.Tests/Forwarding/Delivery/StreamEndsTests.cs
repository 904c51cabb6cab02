using System.Buffers.Binary;
using AiAccessProxy.Forwarding.Delivery;
using FsCheck;
using FsCheck.Fluent;

namespace AiAccessProxy.Tests.Forwarding.Delivery;

public class StreamEndsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(StreamEnds.ClientPreface)]
    public void However_the_bytes_are_cut_the_same_ends_are_found(int preface)
    {
        var frame =
            from type in Gen.Choose(0, 9)
            from flags in Gen.Elements<byte>(0, 1, 4, 5, 0x25, 0xff)
            from stream in Gen.Elements(0, 1, 3, 255, int.MaxValue, int.MinValue + 1)
            from length in Gen.Frequency((3, Gen.Choose(0, 3)), (2, Gen.Choose(4, 300)), (1, Gen.Choose(16_384, 70_000)))
            select (Type: (byte)type, flags, stream, length);
        var cuts = Gen.Frequency((1, Gen.Constant(1)), (2, Gen.Choose(1, 20)), (1, Gen.Choose(1, 40_000)));

        Prop.ForAll(
            Arb.From(frame.ListOf()), Arb.From(cuts.NonEmptyListOf()),
            (frames, sizes) =>
            {
                byte[] bytes = [.. new byte[preface], .. frames.SelectMany(one => Frame(one.Type, one.flags, one.stream, one.length))];
                var expected = frames.Where(one => one.Type == 3 || (one.Type is 0 or 1 && (one.flags & 1) != 0))
                    .Select(one => new StreamEnd(one.stream & int.MaxValue, one.Type != 3)).ToList();

                var (found, reader) = (new List<StreamEnd>(), new StreamEnds(preface));
                for (int at = 0, i = 0; at < bytes.Length; i++)
                {
                    var size = Math.Min(sizes[i % sizes.Count], bytes.Length - at);
                    reader.Read(bytes.AsSpan(at, size), found);
                    at += size;
                }

                return expected.SequenceEqual(found);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(Some.Runs(150)));
    }

    [Fact]
    public void A_frame_that_is_not_whole_ends_nothing()
    {
        var (found, reader) = (new List<StreamEnd>(), new StreamEnds(0));
        var frame = Frame(0, 1, 5, 10);
        reader.Read(frame.AsSpan(0, frame.Length - 1), found);
        Assert.Empty(found);
        reader.Read(frame.AsSpan(frame.Length - 1), found);
        Assert.Equal([new StreamEnd(5, true)], found);
    }

    private static byte[] Frame(byte type, byte flags, int stream, int length)
    {
        var frame = new byte[9 + length];
        (frame[0], frame[1], frame[2], frame[3], frame[4]) = ((byte)(length >> 16), (byte)(length >> 8), (byte)length, type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        // Payload that looks like frames itself.
        for (var i = 9; i < frame.Length; i++) frame[i] = (byte)(i % 3);
        return frame;
    }
}
