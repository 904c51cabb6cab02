using System.Security.Cryptography;
using System.Text;

namespace AiAccessProxy.Ledger;

/// <summary>What the instances on one ledger know and nobody else. Each purpose has a key of its own, from which no other follows.</summary>
internal sealed class SharedSecret
{
    private readonly byte[] _secret;

    private SharedSecret(byte[] secret) => _secret = secret;

    /// <param name="secrets">Of which the first counts; without any, one of this process alone.</param>
    public static SharedSecret Of(IEnumerable<string> secrets) =>
        new(secrets.FirstOrDefault() is { } first ? Encoding.UTF8.GetBytes(first) : RandomNumberGenerator.GetBytes(32));

    public byte[] KeyFor(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, 32, info: Encoding.UTF8.GetBytes($"ai-access {purpose}"));
}
