using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>A certificate for the loopback in PEM files, the settings that have planes show it, and clients that trust it, those that it is renewed by, and nothing else.</summary>
internal sealed class PlaneTls : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly List<X509Certificate2> _made = [];
    private readonly List<string> _keys = [];
    private int _shown;

    /// <param name="renewals">How often it can be renewed. All are made, and trusted, at once: a client may connect at any time.</param>
    public PlaneTls(int renewals = 1)
    {
        for (var made = 0; made <= renewals; made++) Make();
        Settings = For("gate");
        ControlSettings = For("control");
        Write();
    }

    /// <summary>Where <c>certificate.pem</c> and <c>key.pem</c> are.</summary>
    public string Folder => _scratch.Root;

    /// <summary>Has the agent plane show it.</summary>
    public string[] Settings { get; }

    /// <summary>Has the control plane show it.</summary>
    public string[] ControlSettings { get; }

    /// <summary>Of the certificate that the files hold.</summary>
    public string Thumbprint => _made[_shown].Thumbprint;

    /// <summary>Another certificate with another key, in the same files.</summary>
    public void Renew()
    {
        _shown++;
        Write();
    }

    /// <summary>Puts something in place of the certificate that is none.</summary>
    public void Tear() => _scratch.File("certificate.pem", "torn");

    /// <summary>Which certificate a plane shows to a new connection, and the protocol that it takes of those offered.</summary>
    public async Task<(string Thumbprint, string Protocol)> ShownAsync(Uri plane, params SslApplicationProtocol[] offered)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(plane.Host, plane.Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false);
        var options = Trusting();
        options.ApplicationProtocols = [.. offered];
        await tls.AuthenticateAsClientAsync(options, TestContext.Current.CancellationToken);
        return (tls.RemoteCertificate!.GetCertHashString(), tls.NegotiatedApplicationProtocol.ToString());
    }

    /// <summary>For a client of any HTTP version; protocols are the client's to offer.</summary>
    public SslClientAuthenticationOptions Trusting()
    {
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.AddRange(_made.ToArray());
        return new() { TargetHost = "127.0.0.1", CertificateChainPolicy = trust };
    }

    public void Dispose()
    {
        foreach (var made in _made) made.Dispose();
        _scratch.Dispose();
    }

    private string[] For(string plane) =>
    [
        $"--{plane}:url", "https://127.0.0.1:0",
        $"--{plane}:certificate", Path.Combine(_scratch.Root, "certificate.pem"),
        $"--{plane}:certificateKey", Path.Combine(_scratch.Root, "key.pem"),
    ];

    private void Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // A name of its own: of two roots with one name, a client would try only one.
        var request = new CertificateRequest($"CN=proxy-{_made.Count}.test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        _made.Add(request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30)));
        _keys.Add(key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Each file is replaced whole, as those who renew certificates do; between the two they do not fit.</summary>
    private void Write()
    {
        Replace("key.pem", _keys[_shown]);
        Replace("certificate.pem", _made[_shown].ExportCertificatePem());
    }

    private void Replace(string name, string text) => File.Move(_scratch.File(name + ".new", text), Path.Combine(_scratch.Root, name), overwrite: true);
}
