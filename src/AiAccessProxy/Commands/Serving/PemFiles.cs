using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Commands.Serving;

/// <summary>
/// The PEM files of a plane's certificate. Whatever would fail at the first handshake is found when they are read.
/// </summary>
/// <param name="Certificate">The plane's own certificate, then those between it and its root.</param>
/// <param name="Key">Its private key; may be the same file.</param>
internal sealed record PemFiles(string Certificate, string Key)
{
    /// <summary>Null for a plane without TLS.</summary>
    public static PemFiles? Of(string? certificate, string? key) => certificate is null ? null : new(certificate, key ?? certificate);

    /// <param name="known">What <see cref="CertificateReading.Read.Content"/> was the last time.</param>
    public CertificateReading Read(DateTimeOffset now, string? known = null)
    {
        if (PemFile.WhyNotRead(Certificate, out var certificates) is { } unreadable) return new CertificateReading.Wrong("certificate", unreadable);
        if (PemFile.WhyNotRead(Key, out var key) is { } withheld) return new CertificateReading.Wrong("certificateKey", withheld);

        var content = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{certificates.Length}/{certificates}{key}")));
        if (content == known) return new CertificateReading.Same();
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(certificates);
        }
        catch (CryptographicException broken)
        {
            return new CertificateReading.Wrong("certificate", $"holds a certificate that cannot be read: {broken.Message}");
        }

        if (chain.Count == 0) return new CertificateReading.Wrong("certificate", "holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)");
        return PemFile.WhyNotGood(chain[0], now) is { } untimely ? new CertificateReading.Wrong("certificate", untimely) : WithKey(chain, key, content);
    }

    private CertificateReading WithKey(X509Certificate2Collection chain, string key, string content)
    {
        if (PemFile.IsKeyEncrypted(key))
            return new CertificateReading.Wrong("certificateKey", "is encrypted; give the key as it is, in a file that nobody else may read");
        if (!key.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            return new CertificateReading.Wrong("certificateKey", "holds no private key in PEM form (-----BEGIN PRIVATE KEY-----)");
        try
        {
            var own = X509Certificate2.CreateFromPem(chain[0].ExportCertificatePem(), key);
            return new CertificateReading.Read(SslStreamCertificateContext.Create(own, [.. chain.Skip(1)], offline: true), content);
        }
        catch (Exception unfit) when (unfit is CryptographicException or ArgumentException)
        {
            return new CertificateReading.Wrong("certificateKey", $"does not fit the certificate in '{Certificate}': {unfit.Message}");
        }
    }
}
