using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>A certificate for the loopback in PEM files, the settings that have the agent plane show it, and agents that trust it and nothing else.</summary>
internal sealed class PlaneTls : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly X509Certificate2 _certificate;

    public PlaneTls()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=proxy.test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        _certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        Settings =
        [
            "--gate:url", "https://127.0.0.1:0",
            "--gate:certificate", _scratch.File("certificate.pem", _certificate.ExportCertificatePem()),
            "--gate:certificateKey", _scratch.File("key.pem", key.ExportPkcs8PrivateKeyPem()),
        ];
    }

    public string[] Settings { get; }

    /// <summary>For a client of any HTTP version; protocols are the client's to offer.</summary>
    public SslClientAuthenticationOptions Trusting() => new()
    {
        TargetHost = "127.0.0.1",
        CertificateChainPolicy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { _certificate },
            RevocationMode = X509RevocationMode.NoCheck,
        },
    };

    public void Dispose()
    {
        _certificate.Dispose();
        _scratch.Dispose();
    }
}
