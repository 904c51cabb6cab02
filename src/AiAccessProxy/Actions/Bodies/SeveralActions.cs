using System.Text;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;

namespace AiAccessProxy.Actions.Bodies;

/// <summary>Notices calls that carry several actions: by path and media type on every route, and in bodies that are read.</summary>
internal static class SeveralActions
{
    // OData and Microsoft Graph; Elasticsearch and OpenSearch; CouchDB.
    private static readonly string[] Segments =
        ["$batch", "_bulk", "_msearch", "_mget", "_mtermvectors", "_bulk_docs", "_bulk_get"];

    /// <summary>By what every route's calls are known to say before their body.</summary>
    public static Unclear? In(ActionHead head)
    {
        var segments = head.Target.Segments.SelectMany(segment => segment.Text.Split('/', '\\')).Select(Name).ToList();
        if (segments.Find(segment => Segments.Contains(segment, StringComparer.OrdinalIgnoreCase)) is { } known) return Of($"'{known}' carries several actions");
        if (head.Method == "POST" && IsBatchOf(segments)) return Of("the path is that of a batch of calls");

        foreach (var type in head.Headers.Where(field => field.Name.Equals(HeaderNames.ContentType, StringComparison.OrdinalIgnoreCase)).Select(field => field.Value))
        {
            if (type.Contains("multipart/mixed", StringComparison.OrdinalIgnoreCase) || type.Contains("application/http", StringComparison.OrdinalIgnoreCase)
                || type.Contains("multipart/batch", StringComparison.OrdinalIgnoreCase))
                return Of("its media type is one for several calls");
        }

        var documents = head.Target.Query.Where(parameter => FoldedName.Comparer.Equals(parameter.Name, "query"));
        return documents.Any(parameter => IsSeveral(parameter.Value, IsGraphQl(head))) ? Of("its query is a GraphQL document of more than one action") : null;
    }

    /// <summary>By what stands in a body that was read.</summary>
    public static Unclear? In(ActionHead head, ActionBody.Whole body)
    {
        var isGraphQl = IsGraphQl(head);
        var why = body.Facts switch
        {
            BodyFacts.Json json => BatchJson.WhySeveral(json.Root, isGraphQl),
            BodyFacts.Form form => InForm(form, isGraphQl),
            BodyFacts.Unreadable when IsGraphQlText(head) => Utf8.IsValid(body.Document.Span)
                && GraphQlDocument.Read(Encoding.UTF8.GetString(body.Document.Span)) == GraphQlReading.One
                    ? null
                    : "its body is a GraphQL document of more than one action",
            _ => null,
        };
        return why is null ? null : Of(why);
    }

    /// <summary>Whether a text that is sent as <c>query</c> is a document of more than one action.</summary>
    /// <param name="isGraphQl">It is known to be a document: then one that cannot be read counts, too.</param>
    public static bool IsSeveral(string text, bool isGraphQl) => GraphQlDocument.Read(text) switch
    {
        GraphQlReading.One => false,
        GraphQlReading.Several => true,
        GraphQlReading.Broken => isGraphQl || (text.Contains('{', StringComparison.Ordinal) && !text.AsSpan().TrimStart().StartsWith("{")),
        _ => isGraphQl,
    };

    private static string? InForm(BodyFacts.Form form, bool isGraphQl)
    {
        foreach (var field in form.Fields)
        {
            // Facebook's Graph; documents over forms, and the GraphQL multipart request specification.
            if (FormNames.MayBeOne(field.Name, "batch")) return "the form's field batch carries several actions";
            if (FormNames.MayBeOne(field.Name, "query") && IsSeveral(field.TextIn(form.Document), isGraphQl))
                return "the form's query is a GraphQL document of more than one action";
            if (FormNames.MayBeOne(field.Name, "operations")
                && (StrictJson.RootOf(Encoding.UTF8.GetBytes(field.TextIn(form.Document)), out _) is { } root ? BatchJson.WhySeveral(root, isGraphQl) : null) is { } why)
                return why;
        }

        return null;
    }

    /// <summary>Google's <c>/batch</c> and <c>/batch/drive/v3</c>; Salesforce's <c>/services/data/v59.0/composite</c>.</summary>
    private static bool IsBatchOf(List<string> segments) =>
        Is(segments.FindLast(segment => segment.Length > 0), "batch")
        || (segments is [var first, _, ['v', >= '0' and <= '9', ..]] && Is(first, "batch"))
        || (segments is [var services, var data, _, var composite, ..] && Is(services, "services") && Is(data, "data") && Is(composite, "composite"));

    private static bool IsGraphQl(ActionHead head) =>
        head.Target.Segments.Any(segment => segment.Text.Contains("graphql", StringComparison.OrdinalIgnoreCase)) || IsGraphQlText(head);

    private static bool IsGraphQlText(ActionHead head) => head.Headers.Any(field =>
        field.Name.Equals(HeaderNames.ContentType, StringComparison.OrdinalIgnoreCase) && field.Value.Contains("application/graphql", StringComparison.OrdinalIgnoreCase));

    /// <summary>Without what some servers cut off.</summary>
    private static string Name(string segment) => segment.Split(';')[0];

    private static bool Is(string? segment, string name) => string.Equals(segment, name, StringComparison.OrdinalIgnoreCase);

    private static Unclear Of(string why) => new(
        Ambiguity.SeveralActions, $"One call has to be one action, and {why}: send each action as a call of its own.");
}
