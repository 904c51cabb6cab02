using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace AiAccessProxy.Tokens.Keys;

/// <summary>Reads a JSON Web Key Set (RFC 7517). Keys of other kinds are passed over; one that shows a secret spoils the set.</summary>
internal static class KeySetReader
{
    private const int MostKeys = 100;

    // RFC 7518, sections 6.2.2, 6.3.2 and 6.4.1.
    private static readonly string[] Secrets = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    private static readonly Dictionary<string, (string Algorithm, ECCurve Curve, int Bytes)> Curves = new()
    {
        ["P-256"] = ("ES256", ECCurve.NamedCurves.nistP256, 32),
        ["P-384"] = ("ES384", ECCurve.NamedCurves.nistP384, 48),
        ["P-521"] = ("ES512", ECCurve.NamedCurves.nistP521, 66),
    };

    /// <summary>Null with what is wrong.</summary>
    public static KeySet? Read(JsonElement document, out string why)
    {
        why = "";
        if (!document.TryGetProperty("keys", out var list) || list.ValueKind != JsonValueKind.Array) return Refuse("its key set has no keys", out why);
        if (list.GetArrayLength() > MostKeys) return Refuse($"its key set has more than {MostKeys} keys", out why);
        var keys = new List<SigningKey>();
        foreach (var key in list.EnumerateArray())
        {
            if (key.ValueKind != JsonValueKind.Object) return Refuse("its key set holds something that is no key", out why);
            if (Secrets.Any(name => key.TryGetProperty(name, out _))) return Refuse("its key set shows a secret key, with which anybody could sign", out why);
            if (Key(key) is { } usable) keys.Add(usable);
        }

        return keys.Count > 0 ? new(keys) : Refuse("its key set has no key that signatures are checked with here", out why);
    }

    private static SigningKey? Key(JsonElement key)
    {
        if (Text(key, "use") is { } use && use != "sig") return null;
        var read = Text(key, "kty") switch { "RSA" => Rsa(key), "EC" => Elliptic(key), _ => null };
        if (read is not var (web, algorithms)) return null;
        var id = Text(key, "kid");
        if (Text(key, "alg") is { } only) algorithms = [.. algorithms.Where(algorithm => algorithm == only)];
        return algorithms.Length == 0 ? null : new(id, algorithms, web) { Endorsements = Endorsements(key) };
    }

    private static (SecurityKey Key, string[] Algorithms)? Rsa(JsonElement key)
    {
        if (Bytes(key, "n") is not { } modulus || Bytes(key, "e") is not { } exponent) return null;
        // Below 2048 bits it can be broken (RFC 7518, 3.3); above, checking it is made to cost too much. 1 and even exponents sign nothing.
        if (modulus[0] == 0 || modulus.Length is < 256 or > 1024 || exponent.Length > 4 || exponent[^1] % 2 == 0 || exponent is [1]) return null;
        return (
            new JsonWebKey { Kty = "RSA", N = Base64Url.EncodeToString(modulus), E = Base64Url.EncodeToString(exponent) },
            ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"]);
    }

    private static (SecurityKey Key, string[] Algorithms)? Elliptic(JsonElement key)
    {
        if (Text(key, "crv") is not { } name || !Curves.TryGetValue(name, out var curve)) return null;
        if (Bytes(key, "x") is not { } x || Bytes(key, "y") is not { } y || x.Length != curve.Bytes || y.Length != curve.Bytes) return null;
        try
        {
            // A point that is not on the curve is no key.
            using var point = ECDsa.Create(new ECParameters { Curve = curve.Curve, Q = new() { X = x, Y = y } });
        }
        catch (CryptographicException)
        {
            return null;
        }

        return (new JsonWebKey { Kty = "EC", Crv = name, X = Base64Url.EncodeToString(x), Y = Base64Url.EncodeToString(y) }, [curve.Algorithm]);
    }

    /// <summary>None where there is anything else than a list of texts.</summary>
    private static IReadOnlyList<string> Endorsements(JsonElement key) =>
        key.TryGetProperty("endorsements", out var list) && list.ValueKind == JsonValueKind.Array
            && list.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(one => one.GetString()!)]
            : [];

    private static string? Text(JsonElement key, string name) =>
        key.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Bytes(JsonElement key, string name)
    {
        try
        {
            return Text(key, name) is { Length: > 0 } text ? Base64Url.DecodeFromChars(text) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static KeySet? Refuse(string reason, out string why)
    {
        why = reason;
        return null;
    }
}
