using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AiAccessProxy.Bypass.Harness;

/// <summary>One certificate for all these tests, and the client's side of TLS that trusts it and no other.</summary>
internal static class Tls
{
    public const string Host = "api.example";

    private static readonly X509Certificate2 Certificate = Make();

    public static string CertificatePem => Certificate.ExportCertificatePem();

    public static string KeyPem => Certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();

    /// <summary>The bare stream for <c>http</c>; for <c>https</c> a handshake that offers this protocol alone.</summary>
    public static async Task<Stream> OverAsync(TcpClient client, Uri plane, SslApplicationProtocol protocol)
    {
        if (plane.Scheme == Uri.UriSchemeHttp) return client.GetStream();
        var secure = new SslStream(client.GetStream());
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = Host,
            ApplicationProtocols = [protocol],
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == Certificate.GetCertHashString(),
        });
        return secure.NegotiatedApplicationProtocol == protocol
            ? secure
            : throw new IOException($"The server chose '{secure.NegotiatedApplicationProtocol}' where {protocol} was offered.");
    }

    private static X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
