namespace AiAccessProxy.Actions.Bodies;

/// <summary>The checksums of compressed formats. They guard against misreading, not against forging.</summary>
internal static class Checksums
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(index =>
    {
        var value = (uint)index;
        for (var bit = 0; bit < 8; bit++) value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xedb88320;
        return value;
    })];

    /// <summary>RFC 1952, section 8.</summary>
    public static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes) crc = Table[(byte)(crc ^ one)] ^ (crc >> 8);
        return ~crc;
    }

    /// <summary>RFC 1950, section 8.</summary>
    public static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        uint low = 1, high = 0;
        foreach (var one in bytes)
        {
            low = (low + one) % 65521;
            high = (high + low) % 65521;
        }

        return (high << 16) | low;
    }
}
