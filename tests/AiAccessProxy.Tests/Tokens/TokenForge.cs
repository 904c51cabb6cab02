using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace AiAccessProxy.Tests.Tokens;

/// <summary>Makes tokens of the tests' own issuer by hand, so that everything about them can be wrong.</summary>
internal sealed class TokenForge(string url, string audience, DateTimeOffset now)
{
    public const string Kid = "key-1";

    public string Url => url;

    public string Audience => audience;

    public DateTimeOffset Now => now;

    /// <summary>Claims beside those that every token has.</summary>
    public Action<JsonObject> More { get; init; } = _ => { };

    public static JsonObject Header(string algorithm = "RS256") => new()
    {
        ["alg"] = algorithm,
        ["kid"] = algorithm.StartsWith("ES", StringComparison.Ordinal) ? $"key-{algorithm}" : Kid,
        ["typ"] = "JWT",
    };

    public JsonObject Claims()
    {
        var claims = new JsonObject
        {
            ["iss"] = url,
            ["aud"] = audience,
            ["sub"] = "subject",
            ["azp"] = "client",
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
        };
        More(claims);
        return claims;
    }

    /// <summary>A good token, but for what is changed in it before it is signed.</summary>
    public string Token(Action<JsonObject>? claims = null, Action<JsonObject>? header = null, string algorithm = "RS256")
    {
        var (head, body) = (Header(algorithm), Claims());
        claims?.Invoke(body);
        header?.Invoke(head);
        return Raw(head.ToJsonString(), body.ToJsonString(), bytes => Sign(algorithm, bytes));
    }

    /// <summary>A token of these very texts.</summary>
    public static string Raw(string header, string claims, Func<byte[], byte[]>? sign = null)
    {
        var signed = $"{Part(header)}.{Part(claims)}";
        return $"{signed}.{Base64Url.EncodeToString((sign ?? (bytes => Sign("RS256", bytes)))(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>Signed over parts that are no base64url of anything, perhaps.</summary>
    public static string OverParts(string header, string claims) =>
        $"{header}.{claims}.{Base64Url.EncodeToString(Sign("RS256", Encoding.ASCII.GetBytes($"{header}.{claims}")))}";

    public static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    public static byte[] Sign(string algorithm, byte[] bytes, RSA? rsa = null)
    {
        var hash = algorithm[2..] switch { "256" => HashAlgorithmName.SHA256, "384" => HashAlgorithmName.SHA384, _ => HashAlgorithmName.SHA512 };
        return algorithm[..2] switch
        {
            "ES" => SigningKeys.Curves[algorithm].SignData(bytes, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
            "PS" => (rsa ?? SigningKeys.Rsa).SignData(bytes, hash, RSASignaturePadding.Pss),
            _ => (rsa ?? SigningKeys.Rsa).SignData(bytes, hash, RSASignaturePadding.Pkcs1),
        };
    }
}
