using AiAccessProxy.Control.Api.Describing;

namespace AiAccessProxy.Control.Api;

/// <summary>Pages of what lies in memory in an order of its own.</summary>
internal static class Paging
{
    public const int Usual = 100;

    public const int Most = 500;

    public static ApiParameter Limit { get; } = ApiParameter.Number("limit", "How many to answer at most.", 1, Most, Usual);

    public static ApiParameter From { get; } =
        ApiParameter.Text("cursor", "Where to go on: `next` of the page before, with the same other parameters.", 512);

    public static ControlProblem WrongCursor { get; } =
        ControlProblem.BadRequest("cursor: send the `next` of the page before, with the same other parameters.");

    /// <summary>The page that a request asks for. Null: its cursor is none of this query.</summary>
    /// <param name="key">Of an item, by which the items are in ordinal order.</param>
    public static (IReadOnlyList<T> Page, string? Next)? Of<T>(HttpContext context, IEnumerable<T> items, Func<T, string> key)
    {
        var query = Cursor.QueryOf(context.Request);
        var after = "";
        if (context.Text("cursor") is { } cursor)
        {
            if (Cursor.Read(cursor, query) is not { } place) return null;
            after = place;
        }

        var limit = context.Number("limit", Usual);
        var page = items.Where(item => string.CompareOrdinal(key(item), after) > 0).Take(limit + 1).ToList();
        return page.Count <= limit ? (page, null) : (page[..limit], Cursor.Of(key(page[limit - 1]), query));
    }
}
