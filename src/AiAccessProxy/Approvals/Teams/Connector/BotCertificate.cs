using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Approvals.Teams.Connector;

/// <summary>The certificate by which the bot proves itself, out of its files. Whatever would fail with the first card is found when they are read.</summary>
internal abstract record BotCertificate
{
    private BotCertificate()
    {
    }

    public sealed record Usable(X509Certificate2 Certificate) : BotCertificate;

    /// <param name="Why">The setting, the file and what is wrong with it, for operators.</param>
    public sealed record Unusable(string Why) : BotCertificate;

    /// <param name="certificate">A PEM file.</param>
    /// <param name="key">Of its private key; null: in the same file.</param>
    public static BotCertificate Read(string certificate, string? key, DateTimeOffset now)
    {
        var (certificateName, keyName) = ($"teams:microsoftAppCertificate: '{certificate}'", key is null ? $"teams:microsoftAppCertificate: '{certificate}'" : $"teams:microsoftAppCertificateKey: '{key}'");
        if (PemFile.WhyNotRead(certificate, out var certificates) is { } missing) return new Unusable($"{certificateName} {missing}");
        if (PemFile.WhyNotRead(key ?? certificate, out var keys) is { } withheld) return new Unusable($"{keyName} {withheld}");
        if (!certificates.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal))
            return new Unusable($"{certificateName} holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)");
        if (PemFile.IsKeyEncrypted(keys))
            return new Unusable($"{keyName} is encrypted with a password, and there is no setting for one; give the key as it is, in a file that nobody else may read");
        if (!keys.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            return new Unusable($"{keyName} holds no private key in PEM form (-----BEGIN PRIVATE KEY-----)");
        try
        {
            using var alone = X509Certificate2.CreateFromPem(certificates);
            if (PemFile.WhyNotGood(alone, now) is { } untimely) return new Unusable($"{certificateName} {untimely}");
            if (alone.GetRSAPublicKey() is null) return new Unusable($"{certificateName} is not for RSA, which Entra ID wants of an app");
        }
        catch (CryptographicException broken)
        {
            return new Unusable($"{certificateName} holds a certificate that cannot be read: {broken.Message}");
        }

        try
        {
            return new Usable(X509Certificate2.CreateFromPem(certificates, keys));
        }
        catch (Exception unfit) when (unfit is CryptographicException or ArgumentException)
        {
            return new Unusable($"{keyName} does not fit the certificate in '{certificate}': {unfit.Message}");
        }
    }
}
