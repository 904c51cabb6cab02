using System.Globalization;
using AiAccessProxy.Ledger;
using AiAccessProxy.People;

namespace AiAccessProxy.Control.Pages.Searching;

/// <summary>Everything that a record says, part by part, under the words of people.</summary>
internal static class RecordFacts
{
    public static IEnumerable<(string Title, string Text)> Of(Entry entry, PeopleDirectory people) =>
        new (string Title, string? Text)[]
        {
            ("Place in the ledger", entry.Position.ToString()),
            ("Kind", entry.Record.Kind),
            ("Record", entry.Record.Id.ToString()),
            ("Written by", entry.Record.Instance),
        }
        .Concat(OfCall(entry.Record, people)).Concat(OfDecision(entry.Record, people))
        .Where(fact => !string.IsNullOrEmpty(fact.Text)).Select(fact => (fact.Title, fact.Text!));

    private static IEnumerable<(string Title, string? Text)> OfCall(LedgerRecord record, PeopleDirectory people)
    {
        if (record.Agent is { } agent)
        {
            yield return ("Agent's owner", Words.Person(people, agent.Owner));
            yield return ("Agent proved by", agent.Authenticated);
        }

        if (record.Action is { } action)
        {
            yield return ("Route", action.Route);
            yield return ("Kind of action", action.Name);
            yield return ("Risk", action.Risk);
            yield return ("Whole target", action.Target);
            yield return ("Shown fields", Pairs(action.Parameters));
            yield return ("Body", action.BodyBytes is { } size ? $"{Words.Size(size)}{(action.BodySha256 is { } hash ? $", SHA-256 {hash}" : "")}" : null);
            yield return ("Credential", action.Credential);
            yield return ("Digest", action.Digest);
        }

        if (record.Outcome is { } outcome)
        {
            yield return ("Took", string.Create(CultureInfo.InvariantCulture, $"{outcome.DurationMs:0} ms"));
            yield return ("Answer", outcome.ResponseBytes is { } size ? Words.Size(size) : null);
            yield return ("Whole to the agent", outcome.Delivered is { } delivered ? delivered ? "yes" : "no" : null);
        }

        yield return ("The agent's words", Pairs(record.Claims));
        yield return ("Trace", record.Trace);
    }

    private static IEnumerable<(string Title, string? Text)> OfDecision(LedgerRecord record, PeopleDirectory people)
    {
        yield return ("Rules", Names(record.Rules));
        yield return ("Rules only observed", Names(record.Observed));
        yield return ("Policy", record.Policy);
        if (record.Reviewer is { } reviewer) yield return ("Decided by", $"{Words.Person(people, reviewer.Id)} ({reviewer.Channel}, {reviewer.Authenticated})");
        if (record.Key is { } key)
        {
            yield return ("Key acts for", key.OnBehalfOf is { } person ? Words.Person(people, person) : null);
            yield return ("Key expires", key.Expires is { } expires ? Moment.Plain(expires) : null);
        }

        yield return ("Controls", Names(record.Controls));
        yield return ("In whole", record.Detail?.Length > 300 ? record.Detail : null);
    }

    private static string? Names(IReadOnlyList<string>? names) => names is null ? null : string.Join(", ", names);

    private static string? Pairs(IReadOnlyDictionary<string, string>? pairs) =>
        pairs is null ? null : string.Join("; ", pairs.Select(pair => $"{pair.Key}: {pair.Value}"));
}
