using System.Net.Security;
using System.Security.Authentication;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Commands.Serving;

/// <summary>
/// The certificate with which a plane answers. Each handshake asks for it, so that files which are read again take effect without a
/// connection being lost.
/// </summary>
/// <param name="section">The plane's section of the settings, for problems: <c>gate</c>.</param>
/// <param name="files">Null for a plane without TLS.</param>
internal sealed class PlaneCertificate(string section, PemFiles? files, TimeProvider time)
{
    private CertificateReading.Read? _current;

    public string Section => section;

    public bool IsThere => Volatile.Read(ref _current) is not null;

    /// <summary>When the certificate that is shown ends; null when there is none.</summary>
    public DateTimeOffset? GoodUntil => Volatile.Read(ref _current)?.Certificate.TargetCertificate.NotAfter.ToUniversalTime();

    /// <summary>Tells one content of the files from another; null when none was ever good.</summary>
    public string? Content => Volatile.Read(ref _current)?.Content;

    /// <summary>Takes over what the files hold; when something is wrong with them, what was there before stays. Empty: nothing is wrong.</summary>
    public IReadOnlyList<string> Read()
    {
        switch (files?.Read(time.GetUtcNow(), Content))
        {
            case CertificateReading.Read taken:
                Volatile.Write(ref _current, taken);
                return [];
            case CertificateReading.Wrong(var setting, var why):
                return [$"{section}:{setting}: '{(setting == "certificate" ? files.Certificate : files.Key)}' {why}"];
            default:
                return [];
        }
    }

    /// <summary>Reads for the first time.</summary>
    /// <exception cref="OptionsValidationException">There is nothing to show.</exception>
    public void Refuse()
    {
        if (Read() is { Count: > 0 } wrong) throw new OptionsValidationException(section, typeof(PlaneCertificate), wrong);
    }

    public SslServerAuthenticationOptions ForHandshake() => new()
    {
        ServerCertificateContext = Volatile.Read(ref _current)?.Certificate
            ?? throw new InvalidOperationException($"The {section} plane has no certificate."),
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        AllowRenegotiation = false,
    };
}
