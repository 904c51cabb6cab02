using System.Net.Security;
using System.Security.Authentication;

namespace AiAccessProxy.Commands.Serving;

/// <summary>
/// The certificate with which a plane answers. Each handshake asks for it, so that files which are read again take effect without a
/// connection being lost.
/// </summary>
/// <param name="section">The plane's section of the settings, for problems: <c>gate</c>.</param>
/// <param name="files">Null for a plane without TLS.</param>
internal sealed class PlaneCertificate(string section, PemFiles? files, TimeProvider time)
{
    private SslStreamCertificateContext? _current;

    /// <summary>How long a handshake may take.</summary>
    public TimeSpan HandshakeTime { get; init; } = TimeSpan.FromSeconds(10);

    public bool IsThere => Volatile.Read(ref _current) is not null;

    /// <summary>Takes over what the files hold; when something is wrong with them, what was there before stays. Empty: nothing is wrong.</summary>
    public IReadOnlyList<string> Read()
    {
        switch (files?.Read(time.GetUtcNow()))
        {
            case CertificateReading.Read(var certificate):
                Volatile.Write(ref _current, certificate);
                return [];
            case CertificateReading.Wrong(var setting, var why):
                return [$"{section}:{setting}: '{(setting == "certificate" ? files.Certificate : files.Key)}' {why}"];
            default:
                return [];
        }
    }

    public SslServerAuthenticationOptions ForHandshake() => new()
    {
        ServerCertificateContext = Volatile.Read(ref _current) ?? throw new InvalidOperationException($"The {section} plane has no certificate."),
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        AllowRenegotiation = false,
    };
}
