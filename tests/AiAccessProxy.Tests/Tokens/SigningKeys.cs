using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace AiAccessProxy.Tests.Tokens;

/// <summary>The keys of the tests' own issuer, and one that is nobody's.</summary>
internal static class SigningKeys
{
    public static readonly RSA Rsa = RSA.Create(2048);
    public static readonly RSA Stranger = RSA.Create(2048);

    public static readonly IReadOnlyDictionary<string, ECDsa> Curves = new Dictionary<string, ECDsa>
    {
        ["ES256"] = ECDsa.Create(ECCurve.NamedCurves.nistP256),
        ["ES384"] = ECDsa.Create(ECCurve.NamedCurves.nistP384),
        ["ES512"] = ECDsa.Create(ECCurve.NamedCurves.nistP521),
    };

    public static JsonArray Shown() =>
        [Public(Rsa, TokenForge.Kid), Public("ES256"), Public("ES384"), Public("ES512")];

    public static JsonObject Public(RSA rsa, string? kid)
    {
        var key = rsa.ExportParameters(false);
        var shown = new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["n"] = Text(key.Modulus!), ["e"] = Text(key.Exponent!) };
        if (kid is not null) shown["kid"] = kid;
        return shown;
    }

    public static JsonObject Public(string algorithm)
    {
        var point = Curves[algorithm].ExportParameters(false).Q;
        var curve = algorithm switch { "ES256" => "P-256", "ES384" => "P-384", _ => "P-521" };
        return new() { ["kty"] = "EC", ["kid"] = $"key-{algorithm}", ["crv"] = curve, ["x"] = Text(point.X!), ["y"] = Text(point.Y!) };
    }

    public static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
