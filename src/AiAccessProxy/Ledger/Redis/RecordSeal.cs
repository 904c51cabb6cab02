using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AiAccessProxy.Ledger.Redis;

/// <summary>
/// The seal of a record: name of the key, the writer, the writer's running number, and an HMAC-SHA256 over these, the record's bytes and the
/// moves that came with it. The position is the store's and is under no seal; the order of one writer's records is.
/// </summary>
internal sealed class RecordSeal(SealKeys keys)
{
    public string Close(string writer, long number, ReadOnlySpan<byte> record, ReadOnlySpan<byte> moves)
    {
        var key = keys.First;
        return string.Create(CultureInfo.InvariantCulture, $"{key.Name}.{writer}.{number}.{Convert.ToHexStringLower(Mac(key, writer, number, record, moves))}");
    }

    /// <summary>Who wrote it as which; null when none of us did, or not so.</summary>
    public (string Writer, long Number)? Open(string seal, ReadOnlySpan<byte> record, ReadOnlySpan<byte> moves)
    {
        if (seal.Split('.') is not [var name, var writer, var digits, var mac] || keys.Find(name) is not { } key) return null;
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        var expected = Convert.ToHexStringLower(Mac(key, writer, number, record, moves));
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.UTF8.GetBytes(mac)) ? (writer, number) : null;
    }

    private static byte[] Mac(SealKeys.One key, string writer, long number, ReadOnlySpan<byte> record, ReadOnlySpan<byte> moves)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Record);
        Add(mac, Encoding.UTF8.GetBytes(writer));
        Span<byte> digits = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(digits, number);
        mac.AppendData(digits);
        Add(mac, record);
        Add(mac, moves);
        return mac.GetHashAndReset();
    }

    private static void Add(IncrementalHash mac, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, part.Length);
        mac.AppendData(length);
        mac.AppendData(part);
    }
}
