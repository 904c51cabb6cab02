using System.Text;
using System.Text.Json;
using AiAccessProxy.Actions;
using AiAccessProxy.Actions.Bodies;
using FsCheck;
using FsCheck.Fluent;

namespace AiAccessProxy.Tests.Actions.Bodies;

public class SeveralActionsTests
{
    public static TheoryData<string, string> BatchPaths
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var name in new[] { "$batch", "$BATCH", "$Batch", "_bulk", "_Bulk", "_msearch", "_mget", "_mtermvectors", "_bulk_docs", "_bulk_get" })
            {
                foreach (var around in new[] { "/{0}", "/v1.0/{0}", "/{0}/", "/index/{0}", "/{0}/template", "/a/{0}?pretty", "/index/type/{0}?q=1" })
                {
                    foreach (var method in new[] { "POST", "PUT", "GET" }) rows.Add(method, around.Replace("{0}", name, StringComparison.Ordinal));
                }
            }

            foreach (var path in new[] { "/batch", "/Batch", "/batch/", "/v1/batch", "/batch/drive/v3", "/batch/calendar/v3", "/services/data/v59.0/composite", "/services/data/v59.0/composite/tree/Account" })
                rows.Add("POST", path);
            return rows;
        }
    }

    /// <summary>The target's reader may refuse escapes; where it does not, they hide nothing.</summary>
    [Theory]
    [InlineData("/%24batch")]
    [InlineData("/v1/%24Batch/")]
    [InlineData("/a%2F$batch")]
    [InlineData("/$batch;x=y")]
    [InlineData("/$batch%3Bx")]
    [InlineData("/a%5C_bulk")]
    public void An_escaped_path_of_batches_is_refused_or_doubtful(string path)
    {
        if (CanonicalTarget.Read(path) is TargetReading.Read(var target))
            Assert.NotNull(SeveralActions.In(new ActionHead("POST", target, [], Claims.None)));
        foreach (var text in new[] { "a/$batch", "a\\$Batch", "$batch;x=y" })
            Assert.NotNull(SeveralActions.In(new ActionHead("GET", new("/x", [new(text, 1, 1)], []), [], Claims.None)));
    }

    [Theory]
    [MemberData(nameof(BatchPaths))]
    public void A_path_of_batches_is_doubtful_on_every_route(string method, string path) =>
        Assert.Equal(Ambiguity.SeveralActions, SeveralActions.In(Some.Head(method, path))!.Kind);

    [Theory]
    [InlineData("GET", "/batch")]
    [InlineData("POST", "/apis/batch/v1/namespaces/default/jobs")]
    [InlineData("POST", "/v1/batches")]
    [InlineData("POST", "/crm/v3/objects/contacts/batch/create")]
    [InlineData("POST", "/index/_search")]
    [InlineData("POST", "/bulk")]
    [InlineData("POST", "/users('$batch')")]
    [InlineData("GET", "/prometheus/api/v1/query?query=%7Bjob%3D%22x%22%7D")]
    [InlineData("GET", "/search?query=mutation+testing")]
    [InlineData("GET", "/search?query=query")]
    [InlineData("GET", "/search?q=%7Ba+b%7D")]
    [InlineData("GET", "/graphql?query=%7Bviewer%7Blogin%7D%7D")]
    public void An_ordinary_path_is_not(string method, string path) => Assert.Null(SeveralActions.In(Some.Head(method, path)));

    [Theory]
    [InlineData("multipart/mixed; boundary=x")]
    [InlineData("Multipart/Mixed")]
    [InlineData("multipart/mixed;boundary=batch_1")]
    [InlineData("application/http")]
    [InlineData("application/http; msgtype=request")]
    [InlineData("x, multipart/mixed")]
    public void A_media_type_of_several_calls_is_doubtful(string type) =>
        Assert.Equal(Ambiguity.SeveralActions, SeveralActions.In(Some.Head("POST", headers: new HeaderField("content-type", type)))!.Kind);

    [Theory]
    [InlineData("/graphql?query=%7Ba+b%7D")]
    [InlineData("/graphql?query=%7Bx:a%7D")]
    [InlineData("/graphql?query=nonsense")]
    [InlineData("/graphql?Query=%7Ba+b%7D")]
    [InlineData("/api?query=mutation%7Ba+b%7D")]
    [InlineData("/api?query=query+Q%7Ba%7D+query+R%7Bb%7D")]
    [InlineData("/api?query=%7Ba%7D&query=%7Ba+b%7D")]
    public void A_document_in_the_query_is_counted_too(string target) =>
        Assert.Equal(Ambiguity.SeveralActions, SeveralActions.In(Some.Head("GET", target))!.Kind);

    [Theory]
    [InlineData("""[{"jsonrpc":"2.0","method":"a","id":1},{"jsonrpc":"2.0","method":"b","id":2}]""")]
    [InlineData("""[{"jsonrpc":"2.0","method":"a"}]""")]
    [InlineData("""[1,{"method":"a","params":[]}]""")]
    [InlineData("""[{"Method":"a","ID":1}]""")]
    [InlineData("""[{"query":"{a}"},{"query":"{b}"}]""")]
    [InlineData("""[{"query":"{a}"}]""")]
    [InlineData("""[{"query":"x","operationName":"A"}]""")]
    [InlineData("""{"query":"{a b}"}""")]
    [InlineData("""{"query":"{x:a}"}""")]
    [InlineData("""{"Query":"mutation{a b}"}""")]
    [InlineData("""{"query":"mutation{a} mutation B{b}","operationName":"B"}""")]
    [InlineData("""{"query":"{...F} fragment F on Query{a b}"}""")]
    [InlineData("""{"query":"{... on Query{a b}}"}""")]
    [InlineData("""{"query":"\ufeff,#x\n{a,b}"}""")]
    [InlineData("""{"query":"not a document","variables":{}}""")]
    [InlineData("""{"query":"mutation {a(","id":1}""")]
    [InlineData("""{"extensions":{"persistedQuery":{"sha256Hash":"x","version":1}}}""")]
    [InlineData("""{"requests":[{"id":"1","method":"GET","url":"/me"}]}""")]
    [InlineData("""{"Requests":[{"id":"1","method":"DELETE","url":"/me"}]}""")]
    [InlineData("""{"batch":[{"method":"POST","relative_url":"me/feed"}]}""")]
    [InlineData("""{"compositeRequest":[{"method":"POST","url":"/x","referenceId":"r"}]}""")]
    public void A_JSON_body_of_several_actions_is_doubtful(string json) => Assert.Equal([Ambiguity.SeveralActions], Doubts(json));

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"a","id":1}""")]
    [InlineData("""{"query":"{a}"}""")]
    [InlineData("""{"query":"query Q($id: ID! = \"{\") @x(y: [1,{z:2}]) { user(id: $id, where: {a: [\"}\"]}) @include(if: true) { a: name ...F } } fragment F on User { b c }","variables":{"id":"1"}}""")]
    [InlineData("""{"query":"mutation { refund(note: \"\"\"a } { \\\"\"\" b\"\"\") { id } }"}""")]
    [InlineData("""{"query":{"match_all":{}}}""")]
    [InlineData("""{"query":"SELECT * FROM x"}""")]
    [InlineData("""{"query":"{job=\"x\"}"}""")]
    [InlineData("""[{"op":"replace","path":"/a","value":1},{"op":"remove","path":"/b"}]""")]
    [InlineData("""[1,2,3]""")]
    [InlineData("""{"requests":[{"image":{},"features":[]}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"query":"who is who"}""")]
    [InlineData("null")]
    public void A_JSON_body_of_one_action_is_not(string json) => Assert.Empty(Doubts(json));

    [Theory]
    [InlineData("application/graphql", "{a}", false)]
    [InlineData("application/graphql; charset=utf-8", "mutation{a b}", true)]
    [InlineData("application/graphql", "nothing of the kind", true)]
    [InlineData("application/x-www-form-urlencoded", "query={a+b}", true)]
    [InlineData("application/x-www-form-urlencoded", "query={a}", false)]
    [InlineData("application/x-www-form-urlencoded", "access_token=x&batch=%5B%5D", true)]
    [InlineData("multipart/form-data; boundary=B", "--B\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n[{\"query\":\"{a}\"}]\r\n--B--", true)]
    [InlineData("multipart/form-data; boundary=B", "--B\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n{\"query\":\"{a}\"}\r\n--B--", false)]
    public void Other_bodies_are_counted_too(string type, string body, bool several) =>
        Assert.Equal(several ? [Ambiguity.SeveralActions] : [], Doubts(body, type));

    [Theory]
    [InlineData("/graphql", """{"query":"nonsense"}""")]
    [InlineData("/api/graphql/", """[]""")]
    [InlineData("/graphql", """{"query":"{a=b}"}""")]
    public void Where_documents_go_what_cannot_be_read_is_doubtful(string path, string json) =>
        Assert.Equal([Ambiguity.SeveralActions], Doubts(json, "application/json", path));

    [Fact]
    public void A_generated_document_is_one_action_exactly_when_it_has_one_operation_with_one_plain_field()
    {
        var texts = Gen.Elements("\"\"", "\"{ } ( \\\" #\"", "\"\"\" } {\n\\\"\"\" \"\"\"", "1", "-2.5e3", "$v", "[1,2]", "{a:[{b:1}]}", "ENUM", "true");
        var arguments = Gen.OneOf(Gen.Constant(""), texts.Select(text => $"(x:{text})"), texts.Select(text => $"( y : {text} , z:{text} )"));
        var below = Gen.Elements("", "", "{id}", "{a:id b:id ...F}", "{ x(y:\"}\"){z} ... on T{a b} }", "# } {\n{id}");
        var directive = Gen.Elements("", "", "@include(if:$v)", "@d @e(a:{b:\"}\"})");
        var field = from name in Gen.Elements("a", "b", "query", "mutation", "on", "fragment") from with in arguments from at in directive from inner in below select (Text: $"{name}{with}{at}{inner}", IsPlain: true);
        var alias = from one in field select (Text: $"x : {one.Text}", IsPlain: false);
        var spread = Gen.Elements("...F", "... on Query{a}", "...@d{a b}", "... F @d").Select(text => (Text: text, IsPlain: false));
        var root = Gen.Frequency((6, field), (1, alias), (1, spread));
        var operation =
            from head in Gen.Elements("{", "query{", "mutation M{", "subscription S($v:Int=1){", "query Q ($v:[Int!]! = [1] , $w: T = {a:\"}\"}) @d(a:1) {", "#c\n{")
            from fields in (from count in Gen.Frequency((4, Gen.Constant(1)), (1, Gen.Choose(1, 3))) from all in root.ArrayOf(count) select all)
            from separator in Gen.Elements(" ", ",", "\n", " # } \n", "\uFEFF ")
            select (Text: head + string.Join(separator, fields.Select(one => one.Text)) + "}", IsOne: fields is [{ IsPlain: true }]);
        var documents =
            from operations in (from count in Gen.Frequency((4, Gen.Constant(1)), (1, Gen.Constant(2))) from all in operation.ArrayOf(count) select all)
            from fragments in Gen.Elements("", "fragment F on T{a b c:d}", "\n fragment G on U @d { a ...F } fragment F on T{a}")
            from order in Gen.Elements(true, false)
            select (Text: order || operations[0].Text[0] is '#' ? string.Join("\n", operations.Select(one => one.Text)) + fragments : fragments + string.Join("\n", operations.Select(one => one.Text)),
                IsOne: operations is [{ IsOne: true }]);

        var ones = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Some.Runs(4000)), Prop.ForAll(documents.ToArbitrary(), document =>
        {
            ones += document.IsOne ? 1 : 0;
            var json = JsonSerializer.Serialize(new Dictionary<string, string> { ["query"] = document.Text });
            Assert.True(document.IsOne == (Doubts(json).Length == 0), document.Text);
            Assert.Equal(document.IsOne ? GraphQlReading.One : GraphQlReading.Several, GraphQlDocument.Read(document.Text));
        }));
        Assert.True(ones > 500, $"{ones}");
    }

    [Fact]
    public void A_document_that_is_cut_or_changed_never_makes_the_reader_throw_or_find_one_action_in_two()
    {
        var seed = "mutation M($v: T = {a: \"}\"}) { pay(to: \"x\", note: \"\"\"}\"\"\") { id } steal(all: true) { id } }";
        var random = new Random(20261121);
        for (var run = 0; run < Some.Runs(20_000); run++)
        {
            var text = seed.ToCharArray();
            for (var change = random.Next(0, 3); change > 0; change--) text[random.Next(text.Length)] = "{}()[]\"\\#:.@$ ,\nx1"[random.Next(18)];
            var document = new string(text)[..random.Next(text.Length + 1)];
            var reading = GraphQlDocument.Read(document);
            if (document == seed) Assert.Equal(GraphQlReading.Several, reading);
        }

        foreach (var deep in new[] { "{a(x:" + new string('[', 100_000), "{a" + new string('{', 100_000), string.Concat(Enumerable.Repeat("{a", 100_000)) })
            Assert.Equal(GraphQlReading.Broken, GraphQlDocument.Read(deep));
    }

    private static Ambiguity[] Doubts(string body, string type = "application/json", string path = "/v1/x")
    {
        var head = Some.Head("POST", path, new HeaderField("Content-Type", type));
        var whole = Assert.IsType<ActionBody.Whole>(Assert.IsType<BodyReading.Read>(WholeBody.Of(head, Encoding.UTF8.GetBytes(body), 1 << 20)).Body);
        return [.. whole.Doubts.Select(doubt => doubt.Kind)];
    }
}
