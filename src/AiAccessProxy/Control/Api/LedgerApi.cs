using System.Globalization;
using AiAccessProxy.Approvals;
using AiAccessProxy.Control.Api.Describing;
using AiAccessProxy.Control.Api.Shapes;
using AiAccessProxy.Control.Reading;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Control.Api;

/// <summary>What is on record: page by page, or all of it as lines.</summary>
internal sealed class LedgerApi(LedgerPages pages, ILedger ledger, Records records, StillAdmitted admitted)
{
    /// <summary>So often it is asked during an export whether whoever asked for it may still have it: it may take an hour.</summary>
    private static readonly TimeSpan BetweenAsking = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<ApiParameter> Filters { get; } =
    [
        ApiParameter.Text("kind", "Of this kind; `ticket.*` stands for all that begin so. May come several times: any of them.", 40) with { IsList = true },
        ApiParameter.Text("agent", "Of this agent, by its id."),
        ApiParameter.Text("rule", "That this rule counted for, or would have if it were not only observed."),
        ApiParameter.Text("route", "Of calls on this route."),
        ApiParameter.Text("ticket", "Of this ticket."),
        ApiParameter.Choice("decision", "Of calls that were decided so.", "allow", "deny", "require_approval"),
        ApiParameter.Text("person", "Of what this person decided."),
        ApiParameter.Text("trace", "Of this W3C trace, 32 hex digits.", 32),
        ApiParameter.Time("since", "Recorded at this time or later."),
        ApiParameter.Time("until", "Recorded before this time."),
        ApiParameter.Text("text", "That hold this text anywhere, in whatever case."),
    ];

    public static IReadOnlyList<ApiParameter> Parameters { get; } =
        [.. Filters, ApiParameter.Choice("order", "The newest first (the default), or the oldest.", "newest", "oldest"), Paging.Limit, Paging.From];

    public async Task ListAsync(HttpContext context)
    {
        var asked = Cursor.QueryOf(context.Request);
        Position? from = null;
        if (context.Text("cursor") is { } cursor)
        {
            if (Cursor.Read(cursor, asked) is not { } place || !long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                await ProblemAnswer.WriteAsync(context, Paging.WrongCursor);
                return;
            }

            from = new(number);
        }

        var (query, limit) = (QueryOf(context), context.Number("limit", Paging.Usual));
        var page = context.Text("order") == "oldest"
            ? await pages.OldestAsync(query, from, limit, context.RequestAborted)
            : await pages.NewestAsync(query, from, limit, context.RequestAborted);
        await context.AnswerAsync(new LedgerPageJson(
            [.. page.Entries.Select(entry => new LedgerEntryJson(entry))],
            page.Next is { } next ? Cursor.Of(next.ToString(), asked) : null, page.SearchedTo));
    }

    /// <summary>That it was asked for, and by whom, is on record before the first line goes out.</summary>
    public async Task ExportAsync(HttpContext context)
    {
        var viewer = Viewer.Of(context);
        await ledger.AppendAsync(
            records.New(RecordKind.Exported) with
            {
                Reviewer = new(viewer.Person.Id, "api", viewer.Authenticated),
                Detail = context.Request.Query.Count == 0 ? "everything" : string.Join(", ", context.Request.Query.Select(one => $"{one.Key} {string.Join(" or ", one.Value.AsEnumerable())}")),
            },
            context.RequestAborted);
        context.Response.ContentType = "application/x-ndjson";
        var asked = records.Now;
        await foreach (var entry in pages.AllAsync(QueryOf(context), context.RequestAborted))
        {
            if ((records.Now - asked).Duration() >= BetweenAsking)
            {
                asked = records.Now;
                if (!await admitted.IsAsync(context, context.RequestAborted))
                {
                    // Not ended: what is broken off must not look whole.
                    context.Abort();
                    return;
                }
            }

            await context.Response.WriteAsync($"{EntryJson.Of(entry)}\n", context.RequestAborted);
        }
    }

    private static LedgerQuery QueryOf(HttpContext context) =>
        LedgerFilters.QueryOf(context.Text, context.Texts("kind"), context.Time("since"), context.Time("until"));
}
