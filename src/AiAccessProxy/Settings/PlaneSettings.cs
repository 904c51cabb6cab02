using System.Net;

namespace AiAccessProxy.Settings;

/// <summary>What the addresses and certificates of both planes have to be.</summary>
/// <param name="Section">Of the plane: <c>gate</c>.</param>
/// <param name="Example">An address to listen on, for whoever wrote none.</param>
internal sealed record PlaneSettings(string Section, string Url, string? PublicUrl, string? Certificate, string? CertificateKey, string Example)
{
    private Uri? Listening => Http(Url);

    public IEnumerable<string> Problems() => [.. OfUrl(), .. OfCertificate(), .. OfPublicUrl()];

    /// <summary>Null: no http or https URL.</summary>
    public static Uri? Http(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var read) && read.Scheme is "http" or "https" ? read : null;

    private IEnumerable<string> OfUrl()
    {
        if (Listening is not { } url)
            yield return $"{Section}:url: '{Url}' is no http or https URL; write it like {Example}";
        else if (!IsAuthority(url))
            yield return $"{Section}:url: '{Url}' is more than an address to listen on; write it like {Example}";
        else if (url.Host != "localhost" && !IPAddress.TryParse(url.Host.Trim('[', ']'), out _))
            yield return $"{Section}:url: '{url.Host}' is no address to listen on; write an IP address, and the name that others use as {Section}:publicUrl";
    }

    private IEnumerable<string> OfCertificate()
    {
        if (Listening?.Scheme == Uri.UriSchemeHttps && Certificate is null)
            yield return $"{Section}:certificate: {Section}:url is {Url}, so name the PEM file of its certificate";
        if (Listening?.Scheme == Uri.UriSchemeHttp && Certificate is not null)
            yield return $"{Section}:certificate: {Section}:url is {Url}, which shows no certificate; write it with https";
        if (CertificateKey is not null && Certificate is null)
            yield return $"{Section}:certificateKey: there is a key and no {Section}:certificate";
    }

    private IEnumerable<string> OfPublicUrl()
    {
        if (PublicUrl is null) yield break;
        if (Http(PublicUrl) is not { } url)
            yield return $"{Section}:publicUrl: '{PublicUrl}' is no http or https URL; write it like https://ai-access.example.com";
        else if (!IsAuthority(url))
            yield return $"{Section}:publicUrl: '{PublicUrl}' is more than a name; the plane has a name of its own and answers at its root: write it like {Root(url)}";
        else if (url.Scheme == Uri.UriSchemeHttp && Listening?.Scheme == Uri.UriSchemeHttps)
            yield return $"{Section}:publicUrl: '{PublicUrl}' leaves out the TLS that {Section}:url speaks; write it with https";
    }

    private static bool IsAuthority(Uri url) => url.PathAndQuery == "/" && url.Fragment.Length == 0 && url.UserInfo.Length == 0;

    private static string Root(Uri url) => url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
