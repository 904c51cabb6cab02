using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace AiAccessProxy.Ledger.Redis.Connecting;

/// <summary>Trusts what a private authority has signed, and nobody else. The file is read for each connection, so that it may be renewed.</summary>
internal sealed class RedisAuthority(string file)
{
    public bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None) return false;
        using var shown = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        using var ours = new X509Chain();
        ours.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        ours.ChainPolicy.CustomTrustStore.ImportFromPemFile(file);
        // A private authority rarely says anywhere what it has revoked; a certificate that must not be used is taken out of Redis.
        ours.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        ours.ChainPolicy.ApplicationPolicy.Add(new("1.3.6.1.5.5.7.3.1"));
        foreach (var between in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>()) ours.ChainPolicy.ExtraStore.Add(between.Certificate);
        return ours.Build(shown);
    }
}
