using System.ComponentModel;
using System.Net;
using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Control;

/// <summary>Settings of the control plane, section <c>control</c>.</summary>
internal sealed class ControlOptions : ISettings
{
    public static string Section => "control";

    [Description("Where people connect. With `https`, HTTP/1.1 and HTTP/2.")]
    public string Url { get; set; } = "http://127.0.0.1:8081";

    [Description(
        "PEM file of the control plane's certificate, and those between it and its root. For an https `control:url`. Read again when it "
        + "changes.")]
    public string? Certificate { get; set; }

    [Description("PEM file of its private key; when unset, the key lies in the same file.")]
    public string? CertificateKey { get; set; }

    [Description("What people call it, when that is not the address it listens on: `https://approvals.example.com`, by a name or behind a balancer.")]
    public string? PublicUrl { get; set; }

    [Description("Id of the person for whom a one-time sign-in link is printed at start. Loopback only; their votes are marked unverified.")]
    public string? Local { get; set; }

    [Description("A session ends when nobody has used it for this long.")]
    public TimeSpan SessionIdle { get; set; } = TimeSpan.FromHours(1);

    [Description("A session ends this long after its sign-in, used or not.")]
    public TimeSpan SessionLength { get; set; } = TimeSpan.FromHours(12);

    [Description("Ended tickets that the history shows.")]
    public int HistoryTickets { get; set; } = 500;

    [Description("For how long browsers that came by https insist on it for this name (Strict-Transport-Security); `0s`: they are not told to.")]
    public TimeSpan Hsts { get; set; } = TimeSpan.FromDays(365);

    /// <summary>What links on cards begin with.</summary>
    internal ConsoleAddress Console => new(PlaneSettings.Http(PublicUrl) ?? PlaneSettings.Http(Url) ?? new Uri("http://127.0.0.1:8081"));

    public IEnumerable<string> Problems()
    {
        foreach (var problem in new PlaneSettings(Section, Url, PublicUrl, Certificate, CertificateKey, "http://127.0.0.1:8081").Problems())
            yield return problem;
        if (SessionIdle <= TimeSpan.Zero) yield return "control:sessionIdle: must be above 0";
        if (SessionLength < SessionIdle) yield return $"control:sessionLength: {Quantity.Words(SessionLength)} is below control:sessionIdle, {Quantity.Words(SessionIdle)}";
        if (HistoryTickets < 1) yield return $"control:historyTickets: {HistoryTickets} must be at least 1";
        if (Hsts < TimeSpan.Zero) yield return "control:hsts: must not be negative";
        if (Local is null) yield break;
        if (PlaneSettings.Http(Url) is { } url && !IsLoopback(url)) yield return NotHere("control:url", Url);
        if (PlaneSettings.Http(PublicUrl) is { } named && !IsLoopback(named)) yield return NotHere("control:publicUrl", PublicUrl);
    }

    private static string NotHere(string setting, string? value) =>
        $"control:local: a sign-in link is only given out on loopback, and {setting} is {value}; sign in with a personal key instead";

    private static bool IsLoopback(Uri url) =>
        url.Host == "localhost" || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
