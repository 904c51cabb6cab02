using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Floods;

/// <summary>The one certificate that is trusted here: the bench's own.</summary>
internal sealed class Trust(string certificate)
{
    private readonly X509Certificate2 _own = X509CertificateLoader.LoadCertificateFromFile(certificate);

    public SslClientAuthenticationOptions For(string host) => new()
    {
        TargetHost = host,
        CertificateChainPolicy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { _own },
            RevocationMode = X509RevocationMode.NoCheck,
        },
    };
}
