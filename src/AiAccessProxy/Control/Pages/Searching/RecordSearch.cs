using System.Globalization;
using AiAccessProxy.Control.Reading;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Control.Pages.Searching;

/// <summary>What somebody looks for in the ledger, as the address says it.</summary>
/// <param name="Wrong">Fields that were not understood, and so are not asked.</param>
internal sealed record RecordSearch(LedgerQuery Query, Position? Before, IReadOnlyList<string> Wrong)
{
    /// <summary>As browsers write a <c>datetime-local</c>.</summary>
    private static readonly string[] Forms = ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss"];

    /// <summary>The fields as they were sent, for the form and for the link to older records.</summary>
    public required IReadOnlyDictionary<string, string> Asked { get; init; }

    public static IReadOnlyList<string> Names { get; } =
        ["text", "kind", "agent", "rule", "route", "ticket", "decision", "person", "trace", "since", "until"];

    public static RecordSearch Of(IQueryCollection query)
    {
        var asked = Names.Select(name => (Name: name, Text: query.Asked(name))).Where(one => one.Text is not null)
            .ToDictionary(one => one.Name, one => one.Text!, StringComparer.Ordinal);
        var (since, until) = (Time(asked, "since"), Time(asked, "until"));
        var wrong = new List<string>();
        if (since is null && asked.ContainsKey("since")) wrong.Add("from");
        if (until is null && asked.ContainsKey("until")) wrong.Add("to");
        return new(
            LedgerFilters.QueryOf(asked.GetValueOrDefault, asked.TryGetValue("kind", out var kind) ? [kind] : null, since, until),
            long.TryParse(query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? new Position(before) : null,
            wrong)
        {
            Asked = asked,
        };
    }

    /// <summary>The same question about older records.</summary>
    public string OlderThan(Position next) =>
        $"/ledger{QueryString.Create([.. Asked.Select(one => KeyValuePair.Create(one.Key, (string?)one.Value)), KeyValuePair.Create("before", (string?)next.ToString())])}";

    private static DateTimeOffset? Time(Dictionary<string, string> asked, string name) =>
        asked.TryGetValue(name, out var text)
        && DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
