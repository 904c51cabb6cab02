using System.Security.Cryptography;
using System.Text;
using AiAccessProxy.People;

namespace AiAccessProxy.Tests;

internal static partial class Some
{
    /// <summary>A person whose only key is <paramref name="secret"/>; null: none.</summary>
    public static Person Person(string id, string? secret = null, string? name = null, DateTimeOffset? expires = null) => new(
        id,
        name ?? char.ToUpperInvariant(id[0]) + id[1..],
        null,
        secret is null ? [] : [new("laptop", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret))), expires)]);
}
