using System.IO.Compression;
using System.Text;
using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass.Spellings;

/// <summary>Calls that carry several actions, each in some spellings: known by their path, their media type or what stands in them.</summary>
internal static class BatchSpellings
{
    private const string Json = "application/json";

    private static readonly string[] Bodies =
    [
        """[{"jsonrpc":"2.0","method":"read","id":1},{"jsonrpc":"2.0","method":"remove","id":2}]""", """[{"jsonrpc":"2.0","method":"remove"}]""", """[1,{"method":"remove","params":[]}]""", """[{"Method":"remove","ID":1}]""",
        """[{"method":"read","id":1},{"meth\u006fd":"remove","id":2}]""", """[{"query":"{a}"},{"query":"mutation{remove}"}]""", """[{"query":"{a}"}]""", """[{"query":"x","operationName":"A"}]""",
        """{"query":"{a remove}"}""", """{"query":"{x:a}"}""", """{"Query":"mutation{a remove}"}""", """{"query":"mutation{a} mutation B{remove}","operationName":"B"}""", """{"query":"{...F} fragment F on Query{a remove}"}""",
        """{"query":"{... on Query{a remove}}"}""", """{"query":"\ufeff,#x\n{a,remove}"}""", """{"query":"not a document","variables":{}}""", """{"query":"mutation {a(","id":1}""", """{"qu\u0065ry":"{a\u0020remove}"}""",
        """{"query":"mutation($v:T={a:\"}\"}){a(x:\"\"\"}\"\"\") remove}"}""", """{"query":"{a @include(if:true) remove}"}""", """{"extensions":{"persistedQuery":{"sha256Hash":"x","version":1}}}""",
        """{"requests":[{"id":"1","method":"GET","url":"/me"},{"id":"2","method":"DELETE","url":"/me"}]}""", """{"Requests":[{"id":"1","method":"DELETE","url":"/me"}]}""", """{"batch":[{"method":"POST","relative_url":"me/feed"}]}""",
        """{"compositeRequest":[{"method":"POST","url":"/x","referenceId":"r"}]}""",
    ];

    private static readonly string[] Single =
        ["""{"jsonrpc":"2.0","method":"read","id":1}""", """{"query":"{a}"}""", """{"query":{"match_all":{}}}""", """[{"op":"replace","path":"/a","value":1},{"op":"remove","path":"/b"}]""", """[1,2,3]"""];

    private static readonly (string Type, string Body)[] Others =
    [
        ("application/graphql", "mutation{a remove}"), ("application/graphql; charset=utf-8", "{a} {remove}"), ("application/x-www-form-urlencoded", "query={a+remove}"), ("application/x-www-form-urlencoded", "access_token=x&batch=%5B%5D"),
        ("application/x-www-form-urlencoded", "Query=%7Ba+remove%7D"),
        ("multipart/form-data; boundary=B", "--B\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n[{\"query\":\"{a}\"},{\"query\":\"{remove}\"}]\r\n--B--"),
        ("multipart/form-data; boundary=B", "--B\r\nContent-Disposition: form-data; name=\"query\"\r\n\r\n{a remove}\r\n--B--\r\n"),
        ("multipart/mixed; boundary=B", "--B\r\nContent-Type: application/http\r\n\r\nDELETE /admin/users HTTP/1.1\r\n\r\n\r\n--B--"), ("Multipart/Mixed;boundary=batch_1", "--batch_1--"), ("application/http", "DELETE /admin/users HTTP/1.1\r\n\r\n"),
        ("application/http; msgtype=request", "DELETE /admin/users HTTP/1.1\r\n\r\n"), ("multipart/mixed", ""),
    ];

    private static readonly string[] Names = ["$batch", "$BATCH", "$Batch", "%24batch", "_bulk", "_Bulk", "_msearch", "_mget", "_mtermvectors", "_bulk_docs", "_bulk_get", "$batch;x=y"];

    private static readonly string[] Around = ["/{0}", "/v1.0/{0}", "/{0}/", "/index/{0}", "/a/{0}?pretty", "/index/type/{0}?q=1", "/a%2F{0}"];

    private static readonly string[] Documents =
        ["%7Ba+remove%7D", "%7Bx:remove%7D", "nonsense&operationName=a", "mutation%7Ba+remove%7D", "query+Q%7Ba%7D+query+R%7Bremove%7D", "%7Ba%7D&query=%7Ba+remove%7D", "%7B...F%7D+fragment+F+on+Q%7Ba+remove%7D"];

    /// <summary>Calls of one action in a body much like those: whoever refuses these, too, has recognised nothing.</summary>
    public static IReadOnlyList<Spelling> OfOne { get; } = [.. Single.Select(body => Post("/api/x", Json, Encoding.UTF8.GetBytes(body))), Spelling.Of("GET", "/api/x?query=who"), Spelling.Of("GET", "/api/batches")];

    public static IReadOnlyList<Spelling> All { get; } =
    [
        .. from body in Bodies
           from write in new Func<string, Spelling>[]
           {
               text => Post("/api/x", Json, Encoding.UTF8.GetBytes(text)), text => Post("/api/graphql", "Application/JSON; charset=utf-8", Encoding.UTF8.GetBytes($" \n{text}\r\n")),
               text => Packed(text, "gzip", stream => new GZipStream(stream, CompressionLevel.Fastest)), text => Packed(text, "br", stream => new BrotliStream(stream, CompressionLevel.Fastest)),
               text => Packed(text, "deflate", stream => new ZLibStream(stream, CompressionLevel.Fastest)),
               text => Post("/api/rpc", "application/vnd.api+json", Encoding.UTF8.GetBytes(text)) with { Method = "PUT" }, text => Post("/api/x?a=b", Json, Encoding.UTF8.GetBytes($"\t{text}\t")) with { Method = "PATCH" },
           }
           select write(body),
        .. Others.Select(other => Post("/api/x", other.Type, Encoding.UTF8.GetBytes(other.Body))),
        .. from name in Names from around in Around from method in new[] { "POST", "PUT", "GET" } select Spelling.Of(method, $"/api{around.Replace("{0}", name, StringComparison.Ordinal)}"),
        .. new[] { "/batch", "/Batch", "/batch/", "/v1/batch", "/batch/drive/v3", "/batch/calendar/v3", "/services/data/v59.0/composite", "/services/data/v59.0/composite/tree/Account" }.Select(path => Post($"/api{path}", Json, "{}"u8.ToArray())),
        .. Documents.SelectMany(document => new[] { Spelling.Of("GET", $"/api/graphql?query={document}"), Spelling.Of("GET", $"/api/graphql?Query={document}"), Spelling.Of("POST", $"/api/graphql?a=b&query={document}") }),
    ];

    private static Spelling Post(string target, string type, byte[] body) => new("POST", target, [("Content-Type", type)], body);

    private static Spelling Packed(string text, string coding, Func<Stream, Stream> open)
    {
        using var packed = new MemoryStream();
        using (var stream = open(packed)) stream.Write(Encoding.UTF8.GetBytes(text));
        var call = Post("/api/x", Json, packed.ToArray());
        return call with { Headers = [.. call.Headers, ("Content-Encoding", coding)] };
    }
}
