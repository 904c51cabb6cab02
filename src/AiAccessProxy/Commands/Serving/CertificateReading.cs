using System.Net.Security;

namespace AiAccessProxy.Commands.Serving;

/// <summary>What came out of reading a certificate and its key.</summary>
internal abstract record CertificateReading
{
    private CertificateReading()
    {
    }

    /// <param name="Content">Hash of both files.</param>
    public sealed record Read(SslStreamCertificateContext Certificate, string Content) : CertificateReading;

    /// <summary>The files hold what they held before, byte by byte.</summary>
    public sealed record Same : CertificateReading;

    /// <param name="Setting">Which of the two is at fault: <c>certificate</c> or <c>certificateKey</c>.</param>
    /// <param name="Why">What is wrong with its file, to follow the file's name.</param>
    public sealed record Wrong(string Setting, string Why) : CertificateReading;
}
