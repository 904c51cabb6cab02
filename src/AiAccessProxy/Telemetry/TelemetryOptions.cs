using System.ComponentModel;
using System.Text;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Telemetry;

/// <summary>Settings of what is told to operators, section <c>telemetry</c>. Where it is sent, the standard <c>OTEL_*</c> variables say.</summary>
internal sealed class TelemetryOptions : ISettings
{
    private const int ShortestSecret = 32;

    public static string Section => "telemetry";

    [Description("Whether the control plane gives metrics at `/metrics`, for those who scrape.")]
    public bool Metrics { get; set; } = true;

    [Description("What a scraper has to send as `Authorization: Bearer …`, at least 32 characters. When unset, only who asks over the loopback gets metrics.")]
    [Secret]
    public string? MetricsToken { get; set; }

    [Description("How logs look: `text` goes to standard error, `json` (a line each) to standard output; `auto` is `text` in a terminal, else `json`.")]
    public LogForm Logs { get; set; } = LogForm.Auto;

    [Description("How agents and people stand on spans: `plain` by id, `hashed` by HMAC under `telemetry:identityKey`, or `none`: not at all.")]
    public IdentityForm Identities { get; set; } = IdentityForm.Plain;

    [Description("The key for hashed identities, at least 32 characters: the same in all instances. Without it anybody could try all names.")]
    [Secret]
    public string? IdentityKey { get; set; }

    public IEnumerable<string> Problems()
    {
        if (IsShort(MetricsToken)) yield return $"telemetry:metricsToken: is shorter than {ShortestSecret} characters; make one with: openssl rand -base64 33";
        if (IsShort(IdentityKey)) yield return $"telemetry:identityKey: is shorter than {ShortestSecret} characters; make one with: openssl rand -base64 33";
        if (Identities == IdentityForm.Hashed && IdentityKey is null)
            yield return "telemetry:identityKey: is needed by telemetry:identities hashed; make one with: openssl rand -base64 33";
    }

    private static bool IsShort(string? secret) => secret is not null && Encoding.UTF8.GetByteCount(secret) < ShortestSecret;
}
