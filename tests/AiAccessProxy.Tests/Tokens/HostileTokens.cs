using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace AiAccessProxy.Tests.Tokens;

/// <summary>Tokens that prove nothing, each by one thing that is wrong with it. A forge makes them of a token that is good but for that.</summary>
internal static class HostileTokens
{
    public static IReadOnlyDictionary<string, Func<TokenForge, string>> All { get; } = new Dictionary<string, Func<TokenForge, string>>(
        Algorithms().Concat(Keys()).Concat(Headers()).Concat(Claims()).Concat(Texts()).Select(one => KeyValuePair.Create(one.Name, one.Make)));

    private static IEnumerable<(string Name, Func<TokenForge, string> Make)> Algorithms()
    {
        foreach (var none in new[] { "none", "None", "NONE", "nOnE", "none ", " none", "", "null" })
        {
            yield return ($"alg '{none}' and no signature", forge => Unsigned(forge, none));
            yield return ($"alg '{none}' and the signature of another algorithm", forge => forge.Token(header: head => head["alg"] = none));
        }

        foreach (var hmac in new[] { "HS256", "HS384", "HS512" })
        {
            yield return ($"{hmac} with the public key as PEM", forge => Hmac(forge, hmac, Encoding.ASCII.GetBytes(SigningKeys.Rsa.ExportSubjectPublicKeyInfoPem())));
            yield return ($"{hmac} with the public key as DER", forge => Hmac(forge, hmac, SigningKeys.Rsa.ExportSubjectPublicKeyInfo()));
            yield return ($"{hmac} with the modulus", forge => Hmac(forge, hmac, SigningKeys.Rsa.ExportParameters(false).Modulus!));
            yield return ($"{hmac} with the key set's text", forge => Hmac(forge, hmac, Encoding.UTF8.GetBytes(SigningKeys.Shown()[0]!.ToJsonString())));
            yield return ($"{hmac} with an empty key", forge => Hmac(forge, hmac, []));
        }

        foreach (var other in new[] { "rs256", "RS1", "RS256 ", "ES256K", "EdDSA", "RSA-OAEP", "dir", "PBES2-HS256+A128KW", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256" })
            yield return ($"alg {other}", forge => forge.Token(header: head => head["alg"] = other));
        yield return ("no alg", forge => forge.Token(header: head => head.Remove("alg")));
        yield return ("alg as a list", forge => forge.Token(header: head => head["alg"] = new JsonArray("RS256")));
        yield return ("alg null", forge => forge.Token(header: head => head["alg"] = null));
        yield return ("PS256 in the header, RS256 in the signature", forge => forge.Token(header: head => head["alg"] = "PS256"));
        yield return ("RS512 in the header, RS256 in the signature", forge => forge.Token(header: head => head["alg"] = "RS512"));
        yield return ("ES256 in the header and the key of RSA", forge => forge.Token(header: head => head["alg"] = "ES256"));
        yield return ("ES256 with r and s zero", forge => Signed(forge, TokenForge.Header("ES256"), _ => new byte[64]));
        yield return ("ES256 with its signature in DER", forge => Signed(
            forge, TokenForge.Header("ES256"), bytes => SigningKeys.Curves["ES256"].SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
        yield return ("ES384 with the key of P-256", forge => Signed(
            forge, TokenForge.Header("ES384"), bytes => TokenForge.Sign("ES256", bytes)));
    }

    private static IEnumerable<(string Name, Func<TokenForge, string> Make)> Keys()
    {
        yield return ("another's signature", forge => Signed(forge, TokenForge.Header(), Strange));
        yield return ("an unknown kid", forge => forge.Token(header: head => head["kid"] = "key-2"));
        yield return ("another key's kid", forge => forge.Token(header: head => head["kid"] = "key-ES256"));
        foreach (var kid in new[]
        {
            "", " ", "KEY-1", "key-1 ", "key-1\0", "../../../../dev/null", "/proc/sys/kernel/randomize_va_space", "file:///etc/passwd", "' UNION SELECT 'x' --",
            "key-1' OR '1'='1", "$(id)", "%2e%2e%2fkey-1", "https://evil.example/keys#key-1", new string('k', 257), "key-1\r\nkid: key-1",
        })
            yield return ($"kid {Shown(kid)}, signed by a stranger", forge => Signed(forge, With(TokenForge.Header(), "kid", kid), Strange));
        yield return ("kid as a number", forge => forge.Token(header: head => head["kid"] = 1));
        yield return ("kid as a list", forge => forge.Token(header: head => head["kid"] = new JsonArray(TokenForge.Kid)));
        yield return ("no kid, signed by a stranger", forge => Signed(forge, Without(TokenForge.Header(), "kid"), Strange));
        yield return ("its own key as jwk", forge => Signed(forge, With(TokenForge.Header(), "jwk", SigningKeys.Public(SigningKeys.Stranger, TokenForge.Kid)), Strange));
        yield return ("its own key as jwk and no kid", forge => Signed(forge, With(Without(TokenForge.Header(), "kid"), "jwk", SigningKeys.Public(SigningKeys.Stranger, null)), Strange));
        yield return ("the right key as jwk", forge => forge.Token(header: head => head["jwk"] = SigningKeys.Public(SigningKeys.Rsa, TokenForge.Kid)));
        yield return ("a key set elsewhere as jku", forge => Signed(forge, With(TokenForge.Header(), "jku", "https://evil.example/keys"), Strange));
        yield return ("the right key set as jku", forge => forge.Token(header: head => head["jku"] = $"{forge.Url}/keys"));
        yield return ("certificates elsewhere as x5u", forge => Signed(forge, With(TokenForge.Header(), "x5u", "https://evil.example/chain"), Strange));
        yield return ("a certificate of its own as x5c", forge => Signed(forge, With(TokenForge.Header(), "x5c", new JsonArray(SelfMade())), Strange));
        yield return ("a thumbprint of its own as x5t", forge => Signed(forge, With(TokenForge.Header(), "x5t", "AAAA"), Strange));
    }

    private static IEnumerable<(string Name, Func<TokenForge, string> Make)> Headers()
    {
        yield return ("crit with an extension", forge => forge.Token(header: head => (head["crit"], head["exp"]) = (new JsonArray("exp"), 1)));
        yield return ("crit that is empty", forge => forge.Token(header: head => head["crit"] = new JsonArray()));
        yield return ("crit b64", forge => forge.Token(header: head => (head["crit"], head["b64"]) = (new JsonArray("b64"), false)));
        yield return ("b64", forge => forge.Token(header: head => head["b64"] = false));
        yield return ("zip", forge => forge.Token(header: head => head["zip"] = "DEF"));
        yield return ("enc", forge => forge.Token(header: head => head["enc"] = "A256GCM"));
        yield return ("cty JWT", forge => forge.Token(header: head => head["cty"] = "JWT"));
        foreach (var type in new[] { "logout+jwt", "dpop+jwt", "secevent+jwt", "JWE", "JOSE+JSON", "" })
            yield return ($"typ '{type}'", forge => forge.Token(header: head => head["typ"] = type));
        yield return ("typ as a list", forge => forge.Token(header: head => head["typ"] = new JsonArray("JWT")));
        yield return ("alg twice, none last", forge => TokenForge.Raw(Twice(TokenForge.Header(), "\"alg\":\"none\""), forge.Claims().ToJsonString()));
        yield return ("alg twice, none first", forge => TokenForge.Raw("""{"alg":"none",""" + TokenForge.Header().ToJsonString()[1..], forge.Claims().ToJsonString()));
        yield return ("alg twice by an escape", forge => TokenForge.Raw(Twice(TokenForge.Header(), "\"\\u0061lg\":\"none\""), forge.Claims().ToJsonString()));
        yield return ("kid twice", forge => TokenForge.Raw(Twice(TokenForge.Header(), "\"kid\":\"key-1\""), forge.Claims().ToJsonString()));
        yield return ("a header with something behind it", forge => TokenForge.Raw(TokenForge.Header().ToJsonString() + "{}", forge.Claims().ToJsonString()));
        yield return ("a header with a comment", forge => TokenForge.Raw("/**/" + TokenForge.Header().ToJsonString(), forge.Claims().ToJsonString()));
        yield return ("a header with a byte order mark", forge => TokenForge.Raw("\uFEFF" + TokenForge.Header().ToJsonString(), forge.Claims().ToJsonString()));
        yield return ("a header that is a list", forge => TokenForge.Raw($"[{TokenForge.Header().ToJsonString()}]", forge.Claims().ToJsonString()));
        yield return ("an empty header", forge => TokenForge.OverParts("", TokenForge.Part(forge.Claims().ToJsonString())));
    }

    private static IEnumerable<(string Name, Func<TokenForge, string> Make)> Claims()
    {
        yield return ("no iss", forge => forge.Token(claims => claims.Remove("iss")));
        yield return ("iss as a list", forge => forge.Token(claims => claims["iss"] = new JsonArray(forge.Url)));
        foreach (var (what, issuer) in new (string, Func<string, string>)[]
        {
            ("with a slash", url => url + "/"), ("in capitals", url => url.ToUpperInvariant()), ("of another tenant", url => url + "2"), ("without its path", url => url.Replace("/tenant", "")),
            ("by another name of the host", url => url.Replace("127.0.0.1", "localhost")), ("with a blank", url => url + " "), ("with user info", url => url.Replace("http://", "http://x@")), ("of the evil", _ => "https://evil.example"),
        })
            yield return ($"iss {what}", forge => forge.Token(claims => claims["iss"] = issuer(forge.Url)));
        yield return ("no aud", forge => forge.Token(claims => claims.Remove("aud")));
        yield return ("aud null", forge => forge.Token(claims => claims["aud"] = null));
        yield return ("aud empty", forge => forge.Token(claims => claims["aud"] = ""));
        yield return ("aud an empty list", forge => forge.Token(claims => claims["aud"] = new JsonArray()));
        yield return ("aud of somebody else", forge => forge.Token(claims => claims["aud"] = "api://another"));
        yield return ("aud of both planes", forge => forge.Token(claims => claims["aud"] = new JsonArray(forge.Audience, "api://another")));
        yield return ("aud that begins like ours", forge => forge.Token(claims => claims["aud"] = forge.Audience + "2"));
        yield return ("aud in capitals", forge => forge.Token(claims => claims["aud"] = forge.Audience.ToUpperInvariant()));
        yield return ("aud in a list in a list", forge => forge.Token(claims => claims["aud"] = new JsonArray(new JsonArray(forge.Audience))));
        yield return ("no exp", forge => forge.Token(claims => claims.Remove("exp")));
        foreach (var (what, exp) in new (string, Func<TokenForge, JsonNode?>)[]
        {
            ("61 s ago", forge => forge.Now.AddSeconds(-61).ToUnixTimeSeconds()), ("zero", _ => 0), ("negative", _ => -1), ("as a text", forge => forge.Now.AddHours(1).ToUnixTimeSeconds().ToString()),
            ("null", _ => null), ("true", _ => true), ("beyond every calendar", _ => 1e300), ("as a list", forge => new JsonArray(forge.Now.AddHours(1).ToUnixTimeSeconds())),
        })
            yield return ($"exp {what}", forge => forge.Token(claims => claims["exp"] = exp(forge)));
        yield return ("nbf in 61 s", forge => forge.Token(claims => claims["nbf"] = forge.Now.AddSeconds(61).ToUnixTimeSeconds()));
        yield return ("nbf as a text", forge => forge.Token(claims => claims["nbf"] = "0"));
        yield return ("iat in 61 s", forge => forge.Token(claims => claims["iat"] = forge.Now.AddSeconds(61).ToUnixTimeSeconds()));
        yield return ("iat negative", forge => forge.Token(claims => claims["iat"] = -5));
        yield return ("bound to a key", forge => forge.Token(claims => claims["cnf"] = new JsonObject { ["jkt"] = "x" }));
        foreach (var name in new[] { "iss", "aud", "sub", "exp", "azp" })
        {
            yield return ($"{name} twice", forge => TokenForge.Raw(TokenForge.Header().ToJsonString(), Twice(forge.Claims(), $"\"{name}\":{forge.Claims()[name]!.ToJsonString()}")));
            yield return ($"{name} twice by an escape", forge => TokenForge.Raw(
                TokenForge.Header().ToJsonString(), Twice(forge.Claims(), $"\"\\u{(int)name[0]:x4}{name[1..]}\":{forge.Claims()[name]!.ToJsonString()}")));
        }

        yield return ("something twice in a claim", forge => TokenForge.Raw(TokenForge.Header().ToJsonString(), Twice(forge.Claims(), "\"deep\":{\"a\":1,\"a\":2}")));
        yield return ("half a character", forge => TokenForge.Raw(TokenForge.Header().ToJsonString(), Twice(forge.Claims(), "\"x\":\"\\ud800\"")));
        yield return ("claims that are a token", forge => TokenForge.Raw(TokenForge.Header().ToJsonString(), forge.Token()));
        yield return ("claims as a text", forge => TokenForge.Raw(TokenForge.Header().ToJsonString(), "\"claims\""));
        yield return ("claims too deep", forge => TokenForge.Raw(TokenForge.Header().ToJsonString(), Twice(forge.Claims(), $"\"deep\":{new string('[', 200)}{new string(']', 200)}")));
        yield return ("claims that are not UTF-8", forge => TokenForge.OverParts(
            TokenForge.Part(TokenForge.Header().ToJsonString()), SigningKeys.Text([.. Encoding.UTF8.GetBytes(forge.Claims().ToJsonString()[..^1] + ",\"x\":\""), 0xff, .. "\"}"u8])));
    }

    private static IEnumerable<(string Name, Func<TokenForge, string> Make)> Texts()
    {
        yield return ("no signature", forge => forge.Token()[..^342]);
        yield return ("its signature stripped with its dot", forge => forge.Token()[..(forge.Token().LastIndexOf('.'))]);
        yield return ("its signature stripped but for the dot", forge => forge.Token()[..(forge.Token().LastIndexOf('.') + 1)]);
        yield return ("half a signature", forge => forge.Token()[..^100]);
        yield return ("another token's signature", forge => forge.Token()[..(forge.Token().LastIndexOf('.'))] + forge.Token(claims => claims["sub"] = "x")[(forge.Token(claims => claims["sub"] = "x").LastIndexOf('.'))..]);
        yield return ("five parts", forge => forge.Token() + ".a.b");
        yield return ("four parts", forge => forge.Token() + ".");
        yield return ("a dot before it", forge => "." + forge.Token());
        yield return ("two tokens", forge => forge.Token() + "," + forge.Token());
        yield return ("padding", forge => forge.Token() + "==");
        yield return ("padding of the header", forge => Repart(forge, 0, part => part + "="));
        yield return ("a blank in it", forge => Repart(forge, 1, part => part.Insert(4, " ")));
        yield return ("a line break in it", forge => Repart(forge, 1, part => part.Insert(4, "\n")));
        yield return ("a tab behind it", forge => forge.Token() + "\t");
        yield return ("the other base64", forge => Repart(forge, 2, part => part.Replace('-', '+').Replace('_', '/') + "+"));
        yield return ("percent signs", forge => forge.Token().Replace(".", "%2e.", StringComparison.Ordinal));
        yield return ("unused bits of the signature", forge => Repart(forge, 2, Sloppy));
        yield return ("too long", forge => forge.Token(claims => claims["pad"] = new string('x', 17_000)));
        yield return ("a mebibyte", forge => forge.Token() + new string('A', 1 << 20));
        yield return ("two dots and nothing", _ => "..");
        yield return ("the JSON form of a signature", forge => $$"""{"protected":"{{forge.Token().Split('.')[0]}}","payload":"{{forge.Token().Split('.')[1]}}","signature":"{{forge.Token().Split('.')[2]}}"}""");
    }

    private static byte[] Strange(byte[] bytes) => TokenForge.Sign("RS256", bytes, SigningKeys.Stranger);

    private static string Signed(TokenForge forge, JsonObject header, Func<byte[], byte[]> sign) =>
        TokenForge.Raw(header.ToJsonString(), forge.Claims().ToJsonString(), sign);

    private static string Unsigned(TokenForge forge, string algorithm) => Signed(forge, With(TokenForge.Header(), "alg", algorithm), _ => []);

    private static string Hmac(TokenForge forge, string algorithm, byte[] key) => Signed(forge, With(TokenForge.Header(), "alg", algorithm), bytes => algorithm switch
    {
        "HS256" => HMACSHA256.HashData(key, bytes),
        "HS384" => HMACSHA384.HashData(key, bytes),
        _ => HMACSHA512.HashData(key, bytes),
    });

    private static JsonObject With(JsonObject header, string name, JsonNode value)
    {
        header[name] = value;
        return header;
    }

    private static JsonObject Without(JsonObject header, string name)
    {
        header.Remove(name);
        return header;
    }

    private static string Twice(JsonObject members, string again) => $"{members.ToJsonString()[..^1]},{again}}}";

    private static string Repart(TokenForge forge, int number, Func<string, string> change)
    {
        var parts = forge.Token().Split('.');
        parts[number] = change(parts[number]);
        return string.Join('.', parts);
    }

    /// <summary>Another last character that decodes to the same bytes where nobody looks at the bits that are left over.</summary>
    private static string Sloppy(string part)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return part[..^1] + Alphabet[Alphabet.IndexOf(part[^1], StringComparison.Ordinal) ^ 1];
    }

    private static string SelfMade()
    {
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest(
            "CN=issuer", SigningKeys.Stranger, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        return Convert.ToBase64String(certificate.RawData);
    }

    private static string Shown(string kid) => kid.Length > 40 ? $"of {kid.Length} characters" : $"'{kid.ReplaceLineEndings("\\n").Replace("\0", "\\0", StringComparison.Ordinal)}'";
}
