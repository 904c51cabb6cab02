using System.Net;
using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Approvals.Teams;
using AiAccessProxy.Control;
using AiAccessProxy.Control.SignIn.Oidc;
using AiAccessProxy.Gate;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Redis.Connecting;
using AiAccessProxy.Policies;
using AiAccessProxy.Settings;
using AiAccessProxy.Telemetry;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Commands.Serving;

/// <summary>
/// The end of a start, in words for whoever reads the log: what is on, and what somebody should think about. What must not be stops the start before
/// it comes to this. Says no secret: of addresses their origin, of settings what they do.
/// </summary>
internal sealed partial class SelfCheck(IServiceProvider services, Plane agents, Plane control)
{
    private readonly GateOptions _gate = Of<GateOptions>(services);
    private readonly ControlOptions _control = Of<ControlOptions>(services);
    private readonly ApprovalOptions _approvals = Of<ApprovalOptions>(services);
    private readonly LedgerHealth _ledger = services.GetRequiredService<LedgerHealth>();
    private readonly PolicySnapshot _rules = services.GetRequiredService<PolicyStore>().Current;

    public void Tell()
    {
        var log = services.GetRequiredService<ILogger<SelfCheck>>();
        foreach (var (part, words) in Parts()) Log.Stands(log, part, words);
        foreach (var concern in Concerns()) Log.Concern(log, concern);
    }

    /// <summary>What is on, part by part.</summary>
    public IEnumerable<(string Part, string Words)> Parts() =>
    [
        ("ledger", LedgerWords()),
        ("policy", $"{_rules.Hash[..12]}: {_rules.Routes.Count} routes, {_rules.Routes.Sum(route => route.RulesById.Count)} rules, "
            + $"{_rules.Agents.All.Count} agents, {_rules.People.All.Count} people"),
        ("agent plane", $"{PlaneWords(agents, _gate.Url)}; holds calls for {Quantity.Words(_gate.Hold)}, at most {Quantity.Words(_gate.MaxHold)}"),
        ("control plane", $"{PlaneWords(control, _control.Url)}; people sign in by {string.Join(", ", SignIns())}"),
        ("channels", ChannelWords()),
        ("telemetry", TelemetryWords()),
        ("stop", _approvals.Drain > TimeSpan.Zero ? $"/readyz says so for {Quantity.Words(_approvals.Drain)} before held calls are answered" : "held calls are answered at once"),
    ];

    /// <summary>What works so, and should perhaps be otherwise.</summary>
    public IEnumerable<string> Concerns()
    {
        foreach (var why in _ledger.MayLose) yield return $"A crash of the ledger's store may lose what was acknowledged: it {why}";
        if (_ledger.Repaired is { } repaired) yield return $"The ledger was repaired when it was opened: {repaired}";
        if (_ledger.IsShared && _approvals.Drain == TimeSpan.Zero)
            yield return "approvals:drain is 0s: a balancer in front of several instances has no time to notice that this one stops";
        foreach (var (plane, url, of) in new[] { (agents, _gate.Url, "keys of agents"), (control, _control.Url, "keys and sessions of people") })
        {
            if (plane.Address.Scheme == Uri.UriSchemeHttp && !IsLoopback(url))
                yield return $"{url} takes calls from other machines without TLS: {of} can be read on the way, unless something before it speaks TLS";
        }

        var observed = _rules.Observed.Select(one => $"{one.Route.Id}/{one.Rule.Id}").ToList();
        if (observed.Count > 0) yield return $"Rules that are only observed, and have no effect: {string.Join(", ", observed)}";
        foreach (var wrong in services.GetRequiredService<CertificateHealth>().Wrong) yield return wrong;
    }

    private string LedgerWords()
    {
        var options = Of<LedgerOptions>(services);
        var durability = options.Durability.ToString().ToLowerInvariant();
        return _ledger.IsShared
            ? $"in Redis at {RedisAddress.Words(Of<RedisOptions>(services))}, shared, durability {durability}"
            : $"in the folder {Path.GetFullPath(options.Folder)}, this process alone, durability {durability}";
    }

    private static string PlaneWords(Plane plane, string url) =>
        $"{plane.Address.GetLeftPart(UriPartial.Authority)}{(IsEverywhere(url) ? " and every other address of this machine" : "")}, "
        + (plane.Address.Scheme == Uri.UriSchemeHttps ? "TLS, HTTP/1.1 and HTTP/2" : "no TLS, HTTP/1.1");

    private IEnumerable<string> SignIns()
    {
        yield return "personal keys";
        if (Of<OidcOptions>(services).Issuer is { } issuer) yield return $"OpenID Connect at {Origin(issuer)}";
        if (_control.Local is { } person) yield return $"a one-time link for {person}";
    }

    private string ChannelWords()
    {
        var on = services.GetServices<IReviewChannel>().Where(channel => channel.IsOn).Select(channel => channel.Name).ToList();
        return $"console and API{string.Concat(on.Select(name => $", {name}"))}{(Of<TeamsOptions>(services).Playground ? " (as a playground)" : "")}"
            + (on.Count > 0 ? "" : "; nobody is told of a ticket who does not look");
    }

    private string TelemetryWords()
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var sent = new[] { "traces", "metrics", "logs" }
            .Select(signal => (Name: signal, To: new OtlpSignal(signal.ToUpperInvariant(), configuration).Where))
            .Where(signal => signal.To is not null).GroupBy(signal => signal.To, signal => signal.Name)
            .Select(signals => $"{string.Join(", ", signals)} to {signals.Key}").ToList();
        var options = Of<TelemetryOptions>(services);
        var scraped = !options.Metrics ? "no /metrics" : options.MetricsToken is null ? "/metrics over the loopback" : "/metrics for who shows the token";
        return $"{(sent.Count > 0 ? string.Join("; ", sent) : "nothing is sent")}; {scraped}; identities {options.Identities.ToString().ToLowerInvariant()}";
    }

    private static bool IsEverywhere(string url) => IPAddress.TryParse(new Uri(url).Host.Trim('[', ']'), out var address)
        && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    private static bool IsLoopback(string url) =>
        new Uri(url).Host is "localhost" || (IPAddress.TryParse(new Uri(url).Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static string Origin(string url) => Uri.TryCreate(url, UriKind.Absolute, out var known) ? $"{known.Scheme}://{known.Authority}" : "an address that is none";

    private static T Of<T>(IServiceProvider services)
        where T : class => services.GetRequiredService<IOptions<T>>().Value;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Started: {Part}: {Words}")]
        public static partial void Stands(ILogger logger, string part, string words);

        [LoggerMessage(2, LogLevel.Warning, "Started, but: {Concern}")]
        public static partial void Concern(ILogger logger, string concern);
    }
}
