using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace AiAccessProxy.Settings;

/// <summary>What is wrong with a PEM file (RFC 7468) that a setting names, in words that follow the file's name.</summary>
internal static class PemFile
{
    /// <summary>Null when its text could be read.</summary>
    public static string? WhyNotRead(string path, out string text)
    {
        text = "";
        try
        {
            text = File.ReadAllText(path);
            return null;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return "does not exist";
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"cannot be read: {failed.Message}";
        }
    }

    /// <summary>Null for a certificate that is good at that time.</summary>
    public static string? WhyNotGood(X509Certificate2 certificate, DateTimeOffset now)
    {
        var (from, until) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        return until <= now.UtcDateTime ? string.Create(CultureInfo.InvariantCulture, $"has expired: it was good until {until:u}")
            : from > now.UtcDateTime ? string.Create(CultureInfo.InvariantCulture, $"is not good yet: it begins at {from:u}")
            : null;
    }

    /// <summary>Whether the text holds a private key that only a password opens.</summary>
    public static bool IsKeyEncrypted(string text) =>
        text.Contains("ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal) || text.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal);
}
