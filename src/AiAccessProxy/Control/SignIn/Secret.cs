using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AiAccessProxy.Control.SignIn;

/// <summary>Random names that open something: 256 bits, kept only as their hash.</summary>
internal static class Secret
{
    public static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public static bool Same(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
