using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AiAccessProxy.Ledger.Redis;

/// <summary>Statements as they lie in Redis: name of the key, HMAC-SHA256, and the JSON that it is over.</summary>
internal sealed class StatementSeal(SealKeys keys)
{
    public string Close(Statement statement)
    {
        var json = JsonSerializer.Serialize(statement);
        return $"{keys.First.Name}.{Mac(keys.First, json)}.{json}";
    }

    /// <summary>Null when none of us said so.</summary>
    public Statement? Open(string text)
    {
        if (text.Split('.', 3) is not [var name, var mac, var json] || keys.Find(name) is not { } key) return null;
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Mac(key, json)), Encoding.UTF8.GetBytes(mac))
            ? JsonSerializer.Deserialize<Statement>(json)
            : null;
    }

    private static string Mac(SealKeys.One key, string json) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key.Statement, Encoding.UTF8.GetBytes(json)));
}
