using System.Globalization;
using AiAccessProxy.Ledger;
using static AiAccessProxy.Commands.RecordedText;

namespace AiAccessProxy.Commands.Ledgers;

/// <summary>One entry of the ledger as one line for people: when, what happened, who, what, the decision, the reviewer, the outcome.</summary>
internal static class StoryLine
{
    public static string Of(Entry entry)
    {
        var record = entry.Record;
        IEnumerable<string?> parts =
        [
            Subject(record),
            record.Decision is { } decision ? $"{Short(decision)} ({Rules(record)})" : null,
            Reviewer(record.Reviewer),
            record.Claims is { Count: > 0 } claims ? string.Join(", ", claims.Select(claim => $"{Short(claim.Key)} claimed: \"{Short(claim.Value)}\"")) : null,
            Outcome(record.Outcome),
            record.Detail is { } detail ? Short(detail) : null,
            record.Count is { } count ? string.Create(CultureInfo.InvariantCulture, $"{count} calls") : null,
            record.Ticket is { } ticket ? Short(ticket) : null,
        ];
        var time = entry.StoredAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return $"{time}  {Short(record.Kind),-16}  {string.Join(" | ", parts.OfType<string>())}".TrimEnd();
    }

    private static string? Subject(LedgerRecord record) =>
        (record.Agent, record.Action) switch
        {
            (null, null) => null,
            (null, { } action) => RecordedText.Of(action),
            ({ } agent, null) => RecordedText.Of(agent),
            var (agent, action) => $"{RecordedText.Of(agent)}: {RecordedText.Of(action)}",
        };

    private static string Rules(LedgerRecord record) =>
        record.Rules is { Count: > 0 } rules ? $"by {string.Join(", ", rules.Select(Short))}" : "by default";

    private static string? Reviewer(RecordedReviewer? reviewer) =>
        reviewer is null ? null : $"{Short(reviewer.Id)} by {Short(reviewer.Channel)}, {Short(reviewer.Authenticated)}";

    private static string? Outcome(RecordedOutcome? outcome) =>
        outcome is null ? null : string.Join(", ", new[]
        {
            outcome.Status is { } status ? string.Create(CultureInfo.InvariantCulture, $"upstream said {status}") : null,
            outcome.ResponseBytes is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes") : null,
            string.Create(CultureInfo.InvariantCulture, $"{outcome.DurationMs:0} ms"),
            outcome.Delivered is false ? "not received whole by the agent" : null,
            outcome.Why is { } why ? Short(why) : null,
        }.OfType<string>());
}
