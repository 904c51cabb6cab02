namespace AiAccessProxy.Telemetry;

/// <summary>Every metric of the product, by name. Rooms make their own instruments from these; dashboards and alerts rely on the names.</summary>
internal static class Metrics
{
    private const string Risks = "`low`, `medium`, `high`, `critical`";

    private const string Ends = "`approved`, `denied`, `expired`, `cancelled`";

    /// <summary>People take from seconds to days.</summary>
    private static readonly double[] Human = [1, 5, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400, 28800, 86400];

    /// <summary>A disk takes from tens of microseconds to seconds.</summary>
    private static readonly double[] Disk = [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

    private static readonly MetricLabel Route = new("route", "ids of the policy's routes");

    private static readonly MetricLabel Risk = new MetricLabel("risk", Risks);

    private static readonly MetricLabel Channel = new("channel", "`console`, `api`, `teams`, …: the channels that the program has");

    public static readonly MetricSpec Decisions = new(
        "ai_access.decisions", MetricKind.Counter, "{decision}", "Calls decided by rules.",
        new MetricLabel("effect", "`allow`, `deny`, `require_approval`"), new MetricLabel("risk", $"{Risks}, `none`"), Route,
        new MetricLabel("rule", "ids of the policy's rules (of several that decided the first by id), `none` for the route's default"));

    public static readonly MetricSpec Refusals = new(
        "ai_access.refusals", MetricKind.Counter, "{answer}", "Problems that agents were answered with instead of the upstream's answer.",
        new MetricLabel("kind", "the kinds in [problems.md](problems.md)"));

    public static readonly MetricSpec HeldCalls = new(
        "ai_access.held_calls", MetricKind.UpDownCounter, "{call}", "Calls that this instance holds for people now.");

    public static readonly MetricSpec HeldBytes = new(
        "ai_access.held_bytes", MetricKind.UpDownCounter, "By", "Bytes of the bodies of the calls that this instance holds now.");

    public static readonly MetricSpec HoldDuration = new(
        "ai_access.hold.duration", MetricKind.Histogram, "s", "How long one call was held.",
        new MetricLabel("outcome", $"{Ends}, `lapsed`, `executed`, `pending` (its hold ended first), `gone` (its agent left), `error`"), Risk)
    {
        Buckets = Human,
    };

    public static readonly MetricSpec ApprovalWait = new(
        "ai_access.approval.wait.duration", MetricKind.Histogram, "s", "From a ticket's opening to its decision.",
        new MetricLabel("decision", Ends), Risk)
    {
        Buckets = Human,
    };

    public static readonly MetricSpec FirstVote = new(
        "ai_access.approval.first_vote.duration", MetricKind.Histogram, "s", "From a ticket's opening to its first vote.", Channel, Risk)
    {
        Buckets = Human,
    };

    public static readonly MetricSpec Votes = new(
        "ai_access.votes", MetricKind.Counter, "{vote}", "Votes of people, also those that do not count.",
        new MetricLabel("answer", "`approve`, `deny`, `refused` (it does not count)"), Channel);

    public static readonly MetricSpec SelfApprovals = new(
        "ai_access.self_approvals.refused", MetricKind.Counter, "{vote}", "Votes refused because the voter answers for the agent.", Channel);

    public static readonly MetricSpec Tickets = new(
        "ai_access.tickets", MetricKind.Counter, "{ticket}", "Tickets that came to a status.",
        new MetricLabel(
            "status",
            "`pending` (opened), `approved`, `denied`, `expired`, `lapsed`, `cancelled`, `executing`, `executed`, `failed`, `unknown`"),
        Risk);

    public static readonly MetricSpec Pending = new(
        "ai_access.approvals.pending", MetricKind.Gauge, "{ticket}", "Tickets that wait for people now, in all instances.",
        Risk, new MetricLabel("age", "`under_1m`, `under_5m`, `under_15m`, `under_1h`, `over_1h`"));

    public static readonly MetricSpec Oldest = new(
        "ai_access.approvals.oldest.age", MetricKind.Gauge, "s", "Age of the oldest ticket that waits for people; 0 when none does.", Risk);

    public static readonly MetricSpec LedgerAppend = new(
        "ai_access.ledger.append.duration", MetricKind.Histogram, "s", "Time until the ledger had what it was given.",
        new MetricLabel("operation", "`append` (out of the process), `commit` (on disk)"))
    {
        Buckets = Disk,
    };

    public static readonly MetricSpec LedgerAlarms = new(
        "ai_access.ledger.alarms", MetricKind.Counter, "{alarm}", "Alarms that the ledger raised.",
        new MetricLabel("kind", "`unwritable`, `integrity` (forged or lost entries, a store that was started anew)"));

    public static readonly MetricSpec LedgerLag = new(
        "ai_access.ledger.follow.lag", MetricKind.Gauge, "s",
        "Time since this instance had last followed the shared ledger to its end, half a second when all is well; an embedded ledger has none.");

    public static readonly MetricSpec Alarms = new(
        "ai_access.alarms", MetricKind.Gauge, "{alarm}", "1 while something is wrong that `/readyz` tells of, else 0.",
        new MetricLabel("kind", "`ledger` (calls are answered with 503), `ledger_integrity` (something about the store has to be looked into), `policy` (changed files were "
            + "refused), `instances` (they decide by different policies), `certificate`"));

    public static readonly MetricSpec PolicyLoads = new(
        "ai_access.policy.loads", MetricKind.Counter, "{load}", "Changes of the policy files.", new MetricLabel("result", "`loaded`, `refused`"));

    public static readonly MetricSpec UpstreamErrors = new(
        "ai_access.upstream.errors", MetricKind.Counter, "{call}", "Calls that were let through and that the upstream failed.",
        Route,
        new MetricLabel(
            "error",
            "`http_5xx`, `timeout`, `name_resolution`, `refused`, `unreachable`, `tls`, `closed`, `protocol`, `request_body`, "
            + "`own_listener`, `too_late`, `connection`"));

    public static readonly MetricSpec ChannelDeliveries = new(
        "ai_access.channel.deliveries", MetricKind.Counter, "{card}", "Cards that were posted or brought up to date, or could not be.",
        Channel, new MetricLabel("outcome", "`delivered`, `failed`"));

    public static readonly MetricSpec ChannelFailing = new(
        "ai_access.channel.failing", MetricKind.Gauge, "{alarm}", "1 while the last delivery of a channel failed, else 0.", Channel);

    public static IReadOnlyList<MetricSpec> All { get; } =
    [
        Decisions, Refusals, HeldCalls, HeldBytes, HoldDuration, ApprovalWait, FirstVote, Votes, SelfApprovals, Tickets, Pending, Oldest,
        LedgerAppend, LedgerAlarms, LedgerLag, Alarms, PolicyLoads, UpstreamErrors, ChannelDeliveries, ChannelFailing,
    ];
}
