using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AiAccessProxy.Tests.Commands.Serving;

/// <summary>A certificate and its key as PEM.</summary>
internal sealed record SomeCertificate(string Certificate, string Key)
{
    public static SomeCertificate Good(DateTimeOffset from, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=proxy.test", key, HashAlgorithmName.SHA256).CreateSelfSigned(from, until);
        return new(made.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Issued by one that a root issued; both stand in the text, its own first.</summary>
    public static SomeCertificate WithIssuer(DateTimeOffset from, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var root = Authority("CN=root.test").CreateSelfSigned(from, until);
        using var between = Authority("CN=between.test", out var betweenKey).Create(root, from, until, [1]).CopyWithPrivateKey(betweenKey);
        using var made = new CertificateRequest("CN=proxy.test", key, HashAlgorithmName.SHA256).Create(between, from, until, [2]);
        return new(made.ExportCertificatePem() + "\n" + between.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    public static string EncryptedKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportEncryptedPkcs8PrivateKeyPem("secret", new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1));
    }

    public static string RsaKey()
    {
        using var key = RSA.Create(2048);
        return key.ExportRSAPrivateKeyPem();
    }

    private static CertificateRequest Authority(string name) => Authority(name, out _);

    private static CertificateRequest Authority(string name, out ECDsa key)
    {
        key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request;
    }
}
