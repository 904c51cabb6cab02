using System.Net;

namespace AiAccessProxy.Control;

/// <summary>Settings of the control plane, section <c>control</c>.</summary>
internal sealed class ControlOptions
{
    /// <summary>Where the control plane listens.</summary>
    public string Url { get; set; } = "http://127.0.0.1:8081";

    /// <summary>What people call it, when that is not the address it listens on: behind a balancer, or by a name.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>Id of the person for whom a one-time sign-in link is printed at start. Loopback only; their votes are marked unverified.</summary>
    public string? Local { get; set; }

    /// <summary>A session ends when nobody has used it for this long.</summary>
    public TimeSpan SessionIdle { get; set; } = TimeSpan.FromHours(1);

    /// <summary>A session ends this long after its sign-in, used or not.</summary>
    public TimeSpan SessionLength { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Ended tickets that the history shows.</summary>
    public int HistoryTickets { get; set; } = 500;

    /// <summary>What is wrong with these settings, each in words an operator can act on.</summary>
    public IEnumerable<string> Problems()
    {
        var url = Uri.TryCreate(Url, UriKind.Absolute, out var parsed) && parsed.Scheme == Uri.UriSchemeHttp ? parsed : null;
        var publicUrl = Uri.TryCreate(PublicUrl, UriKind.Absolute, out var named) && named.Scheme is "http" or "https" ? named : null;
        if (url is null) yield return $"control:url: '{Url}' is no http URL; write it like http://127.0.0.1:8081";
        else if (url.Host != "localhost" && !IPAddress.TryParse(url.Host.Trim('[', ']'), out _))
            yield return $"control:url: '{url.Host}' is no address to listen on; write an IP address, and the name that people use as control:publicUrl";
        if (PublicUrl is not null && publicUrl is null)
            yield return $"control:publicUrl: '{PublicUrl}' is no http or https URL; write it like https://approvals.example.com";
        if (SessionIdle <= TimeSpan.Zero) yield return $"control:sessionIdle: {SessionIdle} must be above 0";
        if (SessionLength < SessionIdle) yield return $"control:sessionLength: {SessionLength} is below control:sessionIdle, {SessionIdle}";
        if (HistoryTickets < 1) yield return $"control:historyTickets: {HistoryTickets} must be at least 1";
        if (Local is null) yield break;
        if (url is not null && !IsLoopback(url)) yield return NotHere("control:url", Url);
        if (publicUrl is not null && !IsLoopback(publicUrl)) yield return NotHere("control:publicUrl", PublicUrl);
    }

    private static string NotHere(string setting, string? value) =>
        $"control:local: a sign-in link is only given out on loopback, and {setting} is {value}; sign in with a personal key instead";

    private static bool IsLoopback(Uri url) =>
        url.Host == "localhost" || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
