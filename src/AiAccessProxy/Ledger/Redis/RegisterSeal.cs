using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AiAccessProxy.Ledger.Redis;

/// <summary>
/// A register as it lies in Redis: version ‖ name of the key ‖ header ‖ nonce ‖ tag ‖ encrypted state ‖ HMAC over all before. Encrypted by
/// AES-256-GCM, bound to the header.
/// </summary>
internal sealed class RegisterSeal(SealKeys keys)
{
    private const byte Version = 1;
    private const int NameBytes = 16;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int MacBytes = 32;
    private const int HeaderAt = 1 + NameBytes + 4;

    /// <returns>The envelope, and the seal by which the stream names this very state: the beginning of its HMAC.</returns>
    public (byte[] Envelope, string Seal) Close(RegisterHeader header, ReadOnlySpan<byte> state)
    {
        var key = keys.First;
        var head = JsonSerializer.SerializeToUtf8Bytes(header);
        var sealedAt = HeaderAt + head.Length;
        var bytes = new byte[sealedAt + NonceBytes + TagBytes + state.Length + MacBytes];
        bytes[0] = Version;
        Encoding.ASCII.GetBytes(key.Name, bytes.AsSpan(1));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1 + NameBytes), head.Length);
        head.CopyTo(bytes, HeaderAt);
        var nonce = bytes.AsSpan(sealedAt, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key.State, TagBytes);
        aes.Encrypt(
            nonce, state, bytes.AsSpan(sealedAt + NonceBytes + TagBytes, state.Length), bytes.AsSpan(sealedAt + NonceBytes, TagBytes), bytes.AsSpan(0, sealedAt));
        var mac = bytes.AsSpan(bytes.Length - MacBytes);
        HMACSHA256.HashData(key.Register, bytes.AsSpan(0, bytes.Length - MacBytes), mac);
        return (bytes, SealOf(bytes));
    }

    /// <summary>Null when it was not sealed with one of our keys, or not exactly so.</summary>
    public OpenRegister? Open(ReadOnlySpan<byte> envelope)
    {
        if (envelope.Length < HeaderAt + NonceBytes + TagBytes + MacBytes || envelope[0] != Version) return null;
        if (keys.Find(Encoding.ASCII.GetString(envelope.Slice(1, NameBytes))) is not { } key) return null;
        Span<byte> mac = stackalloc byte[MacBytes];
        HMACSHA256.HashData(key.Register, envelope[..^MacBytes], mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, envelope[^MacBytes..])) return null;

        // From here on it is what one of us wrote.
        var sealedAt = HeaderAt + BinaryPrimitives.ReadInt32LittleEndian(envelope[(1 + NameBytes)..]);
        var header = JsonSerializer.Deserialize<RegisterHeader>(envelope[HeaderAt..sealedAt])!;
        var state = new byte[envelope.Length - MacBytes - TagBytes - NonceBytes - sealedAt];
        using var aes = new AesGcm(key.State, TagBytes);
        aes.Decrypt(
            envelope.Slice(sealedAt, NonceBytes), envelope[(sealedAt + NonceBytes + TagBytes)..^MacBytes],
            envelope.Slice(sealedAt + NonceBytes, TagBytes), state, envelope[..sealedAt]);
        return new(header, state, SealOf(envelope));
    }

    private static string SealOf(ReadOnlySpan<byte> envelope) => Convert.ToHexStringLower(envelope.Slice(envelope.Length - MacBytes, 16));
}
