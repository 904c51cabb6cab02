using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AiAccessProxy.Telemetry;

/// <summary>The product's own activity source and instruments. Best effort, unlike the ledger; ids are never metric labels.</summary>
internal static class Signals
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "AiAccess";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary><c>ai_access.decisions{effect,risk,route}</c>.</summary>
    public static readonly Counter<long> Decisions =
        Meter.CreateCounter<long>("ai_access.decisions", "{decision}", "Calls decided, by effect, risk and route.");

    /// <summary><c>ai_access.approval.wait.duration</c>: seconds from a ticket's opening to its decision, by decision and risk.</summary>
    public static readonly Histogram<double> ApprovalWait =
        Meter.CreateHistogram<double>("ai_access.approval.wait.duration", "s", "Time from a ticket's opening to its decision.");

    /// <summary><c>ai_access.held_calls</c>: calls that wait for people on this instance.</summary>
    public static readonly UpDownCounter<long> HeldCalls =
        Meter.CreateUpDownCounter<long>("ai_access.held_calls", "{call}", "Calls held for people.");

    /// <summary><c>ai_access.refusals{kind}</c>: calls refused before they were decided, by problem type.</summary>
    public static readonly Counter<long> Refusals =
        Meter.CreateCounter<long>("ai_access.refusals", "{call}", "Calls refused before a decision, by kind.");

    /// <summary><c>ai_access.self_approvals.refused</c>.</summary>
    public static readonly Counter<long> SelfApprovals =
        Meter.CreateCounter<long>("ai_access.self_approvals.refused", "{vote}", "Votes refused because the voter answers for the agent.");

    /// <summary><c>ai_access.ledger.append.duration</c>: seconds until a record was safe.</summary>
    public static readonly Histogram<double> LedgerAppend =
        Meter.CreateHistogram<double>("ai_access.ledger.append.duration", "s", "Time until a record was recorded.");
}
