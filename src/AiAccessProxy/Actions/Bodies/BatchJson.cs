namespace AiAccessProxy.Actions.Bodies;

/// <summary>Notices JSON documents that carry several actions: JSON-RPC batches, GraphQL requests and lists of calls.</summary>
internal static class BatchJson
{
    // OData and Microsoft Graph, Facebook's Graph, Salesforce, and batches made after them.
    private static readonly string[] Lists = ["requests", "batch", "batchRequests", "compositeRequest", "operations", "calls"];

    private static readonly string[] Addresses = ["url", "relative_url", "path", "uri", "href"];

    /// <summary>Null when it carries one action, as far as its shape tells.</summary>
    /// <param name="isGraphQl">It was sent to where GraphQL documents go.</param>
    public static string? WhySeveral(JsonNodeFact root, bool isGraphQl) => root switch
    {
        JsonNodeFact.Array array when isGraphQl || array.Items.Any(item => item is JsonNodeFact.Object one && (IsCall(one) || IsGraphQl(one))) =>
            "its body is a list of calls",
        JsonNodeFact.Object one => WhySeveral(one, isGraphQl),
        _ => null,
    };

    private static string? WhySeveral(JsonNodeFact.Object root, bool isGraphQl)
    {
        foreach (var (name, value) in root.Members)
        {
            if (value is JsonNodeFact.Array list && Lists.Any(known => Is(name, known)) && list.Items.Any(item => item is JsonNodeFact.Object one && IsCall(one)))
                return $"its member {Lists.First(known => Is(name, known))} is a list of calls";
            if (Is(name, "query") && value is JsonNodeFact.Text text && SeveralActions.IsSeveral(text.Value, isGraphQl || IsGraphQl(root)))
                return "its query is a GraphQL document of more than one action";
            if (Is(name, "extensions") && value is JsonNodeFact.Object extensions && extensions.Members.Keys.Any(key => Is(key, "persistedQuery")) && !Has(root, "query"))
                return "it names a persisted GraphQL document, which nobody can look into";
        }

        return null;
    }

    /// <summary>A JSON-RPC request, or one that names a method and where to.</summary>
    private static bool IsCall(JsonNodeFact.Object item) =>
        Has(item, "jsonrpc")
        || (Has(item, "method") && (Has(item, "params") || Has(item, "id") || Addresses.Any(name => Has(item, name))))
        || (Has(item, "referenceId") && Addresses.Any(name => Has(item, name)));

    private static bool IsGraphQl(JsonNodeFact.Object item) =>
        Has(item, "query") && (Has(item, "variables") || Has(item, "operationName") || Has(item, "extensions")
            || item.Members.Any(member => Is(member.Key, "query") && member.Value is JsonNodeFact.Text text
                && GraphQlDocument.Read(text.Value) is GraphQlReading.One or GraphQlReading.Several));

    private static bool Has(JsonNodeFact.Object item, string name) => item.Members.Keys.Any(key => Is(key, name));

    private static bool Is(string key, string name) => FoldedName.Comparer.Equals(key, name);
}
