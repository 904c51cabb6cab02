using AiAccessProxy.Actions;

namespace AiAccessProxy.Gate;

/// <summary>Settings of the agent plane, section <c>gate</c>.</summary>
internal sealed class GateOptions
{
    /// <summary>Where the agent plane listens.</summary>
    public string Url { get; set; } = "http://127.0.0.1:8080";

    /// <summary>PEM file of the agent plane's certificate, and those between it and its root. For an https <see cref="Url"/>.</summary>
    public string? Certificate { get; set; }

    /// <summary>PEM file of its private key; when unset, the key lies in the same file.</summary>
    public string? CertificateKey { get; set; }

    /// <summary>What agents call it, for links in answers; the address it listens on when unset. Never taken from Host.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>The authorities that it answers to (<c>api.example.com</c>, <c>api.example.com:8443</c>); any, when none is named.</summary>
    public IList<string> Hosts { get; } = [];

    /// <summary>How long a privileged call is held when neither its route nor its <c>Prefer</c> says.</summary>
    public TimeSpan Hold { get; set; } = TimeSpan.FromSeconds(50);

    /// <summary>The most that <c>Prefer: wait=n</c> gets.</summary>
    public TimeSpan MaxHold { get; set; } = TimeSpan.FromMinutes(10);

    public bool AnswersTo(Authority called) =>
        Hosts.Count == 0 || Hosts.Any(host => Authority.Read(host) is AuthorityReading.Read(var named) && named.Covers(called));

    /// <summary>What is wrong with these settings, each in words an operator can act on.</summary>
    public IEnumerable<string> Problems()
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            yield return $"gate:url: '{Url}' is no http or https URL; write it like http://127.0.0.1:8080";
        else if (url.Scheme == Uri.UriSchemeHttps && string.IsNullOrEmpty(Certificate))
            yield return $"gate:certificate: gate:url is {Url}, so name the PEM file of its certificate";
        else if (url.Scheme == Uri.UriSchemeHttp && !string.IsNullOrEmpty(Certificate))
            yield return $"gate:certificate: gate:url is {Url}, which shows no certificate; write it with https";
        if (!string.IsNullOrEmpty(CertificateKey) && string.IsNullOrEmpty(Certificate))
            yield return "gate:certificateKey: there is a key and no gate:certificate";
        if (PublicUrl is not null && !Uri.TryCreate(PublicUrl, UriKind.Absolute, out _))
            yield return $"gate:publicUrl: '{PublicUrl}' is no URL; write it like https://ai-access.example.com";
        foreach (var host in Hosts)
        {
            if (Authority.Read(host) is AuthorityReading.Refused(var why, var remedy)) yield return $"gate:hosts: '{host}' {why}; {remedy}";
        }

        if (Hold < TimeSpan.Zero) yield return "gate:hold: must not be negative";
        if (MaxHold < Hold) yield return $"gate:maxHold: {MaxHold} is below gate:hold, {Hold}";
    }
}
