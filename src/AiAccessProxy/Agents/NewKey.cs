using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AiAccessProxy.Agents;

/// <summary>A key that nobody has seen yet: 256 random bits after a prefix that secret scanners can look for.</summary>
internal sealed record NewKey(string Text, string Sha256)
{
    public static NewKey Create(string prefix)
    {
        var text = prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return new(text, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }
}
