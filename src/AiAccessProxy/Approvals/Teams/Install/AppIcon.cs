using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace AiAccessProxy.Approvals.Teams.Install;

/// <summary>The app's icons as PNG, drawn here: a gate with a way through. Teams wants one in colour and one in white on nothing.</summary>
internal static class AppIcon
{
    public const string Accent = "#1F5FA8";

    public const int ColorSize = 192;

    public const int OutlineSize = 32;

    /// <summary>Samples of a pixel in each direction, for smooth edges.</summary>
    private const int Samples = 4;

    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    public static byte[] Color() => Png(ColorSize, share => [Mixed(0x1f, share), Mixed(0x5f, share), Mixed(0xa8, share), 255]);

    public static byte[] Outline() => Png(OutlineSize, share => [255, 255, 255, (byte)(255 * share)]);

    private static byte Mixed(byte ground, double share) => (byte)(ground + ((255 - ground) * share));

    /// <summary>Whether the drawing covers a point; both from 0 to 1.</summary>
    private static bool IsInk(double x, double y)
    {
        var isPost = y is > 0.2 and < 0.82 && (Math.Abs(x - 0.26) < 0.05 || Math.Abs(x - 0.74) < 0.05);
        var isBeam = x is > 0.15 and < 0.85 && Math.Abs(y - 0.22) < 0.05;
        var isWay = Math.Abs(y - 0.55) < 0.04 && x is > 0.1 and < 0.62;
        var isHead = x is > 0.56 and < 0.7 && Math.Abs(y - 0.55) < 0.7 - x;
        return isPost || isBeam || isWay || isHead;
    }

    /// <param name="pixel">Red, green, blue and opacity, from how much of it is drawn on.</param>
    private static byte[] Png(int size, Func<double, byte[]> pixel)
    {
        using var picture = new MemoryStream();
        picture.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, size);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), size);
        // Eight bits, colour with opacity, and nothing else that a PNG may have (W3C PNG, 11.2.2).
        (header[8], header[9]) = (8, 6);
        Write(picture, "IHDR"u8, header);
        Write(picture, "IDAT"u8, Packed(size, pixel));
        Write(picture, "IEND"u8, []);
        return picture.ToArray();
    }

    private static byte[] Packed(int size, Func<double, byte[]> pixel)
    {
        using var packed = new MemoryStream();
        using (var lines = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var y = 0; y < size; y++)
            {
                lines.WriteByte(0);
                for (var x = 0; x < size; x++) lines.Write(pixel(Share(x, y, size)));
            }
        }

        return packed.ToArray();
    }

    private static double Share(int x, int y, int size)
    {
        var drawn = 0;
        for (var down = 0; down < Samples; down++)
            for (var right = 0; right < Samples; right++)
                if (IsInk((x + ((right + 0.5) / Samples)) / size, (y + ((down + 0.5) / Samples)) / size)) drawn++;
        return (double)drawn / (Samples * Samples);
    }

    private static void Write(MemoryStream picture, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        picture.Write(number);
        picture.Write(type);
        picture.Write(data);
        var check = new Crc32();
        check.Append(type);
        check.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, check.GetCurrentHashAsUInt32());
        picture.Write(number);
    }
}
