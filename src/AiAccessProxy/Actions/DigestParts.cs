using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AiAccessProxy.Actions;

/// <summary>A SHA-256 over a list of parts, each with its length before it: two different lists never feed it the same bytes.</summary>
internal sealed class DigestParts : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>A part that may be absent, which is not the same as empty.</summary>
    public DigestParts Add(string? part)
    {
        if (part is null) return Length(-1);
        var bytes = Encoding.UTF8.GetBytes(part);
        Length(bytes.Length);
        _hash.AppendData(bytes);
        return this;
    }

    /// <summary>A number: how many parts of a list follow, or how long a body is.</summary>
    public DigestParts Length(long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        _hash.AppendData(bytes);
        return this;
    }

    public string ToHex() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();
}
