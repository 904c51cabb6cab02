using System.Security.Cryptography;
using System.Text;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>A secret made for one test, and what a policy file may know of it.</summary>
internal sealed record Key(string Text)
{
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    public static Key New() => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)));
}
