using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AiAccessProxy.Actions;
using FsCheck;
using FsCheck.Fluent;

namespace AiAccessProxy.Tests.Actions;

public class StrictJsonTests
{
    /// <summary>Scraps that make JSON, nearly JSON, and what breaks readers of it.</summary>
    private static readonly byte[][] Scraps =
    [
        .. new[]
        {
            "{", "}", "[", "]", ",", ":", "\"a\"", "\"A\"", "\"b\"", "\"\\u0061\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\ud83d\\ude00\"", "\"", "\\", "1", "-0", "2e4", "1e999",
            "0x1", "01", "NaN", "true", "false", "null", " ", "\n", "/*", "*/", "//", "\uFEFF", "\"k\":", "\"\u212A\":", "\"K\":", "{}", "[]", "\"x\":1", "\0",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF],
    ];

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":1,\"\\u0061\":2}")]
    [InlineData("{\"a\":1,\"A\":2}")]
    [InlineData("{\"amount\":1,\"\\u0041mount\":2}")]
    [InlineData("{\"k\":1,\"\u212A\":2}")]
    [InlineData("{\"s\":1,\"\u017F\":2}")]
    [InlineData("{\"é\":1,\"É\":2}")]
    [InlineData("{\"x\":[{\"y\":{\"a\":1,\"b\":2,\"A\":3}}]}")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"a\":\"\\udc00\\ud800\"}")]
    [InlineData("{\"a\":1}{\"a\":2}")]
    [InlineData("{\"a\":1} x")]
    [InlineData("{\"a\":1,}")]
    [InlineData("[1,]")]
    [InlineData("{a:1}")]
    [InlineData("{'a':1}")]
    [InlineData("// c\n{}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("\uFEFF{}")]
    [InlineData("{\"a\":1e999}")]
    [InlineData("{\"a\":1e-999}")]
    [InlineData("{\"a\":10000.0000000000001}")]
    [InlineData("{\"amount\\u0000x\":1}")]
    [InlineData("{\"a\":\"\n\"}")]
    [InlineData("{\"a\"")]
    [InlineData(" ")]
    public void What_readers_of_JSON_disagree_on_is_unreadable(string json) =>
        Assert.NotEmpty(Assert.IsType<BodyFacts.Unreadable>(StrictJson.Read(Encoding.UTF8.GetBytes(json))).Why);

    [Theory]
    [InlineData(new byte[] { 0x22, 0xFF, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xC0, 0xAF, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xED, 0xA0, 0x80, 0x22 })]
    public void Text_that_is_no_UTF8_is_unreadable(byte[] json) => Assert.IsType<BodyFacts.Unreadable>(StrictJson.Read(json));

    [Fact]
    public void A_document_may_be_64_deep_and_no_deeper()
    {
        Assert.IsType<BodyFacts.Json>(StrictJson.Read(Encoding.UTF8.GetBytes(new string('[', 64) + new string(']', 64))));
        Assert.IsType<BodyFacts.Unreadable>(StrictJson.Read(Encoding.UTF8.GetBytes(new string('[', 65) + new string(']', 65))));
        Assert.IsType<BodyFacts.Unreadable>(StrictJson.Read(Encoding.UTF8.GetBytes(new string('[', 500_000))));
    }

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("Application/JSON; charset=UTF-8", true)]
    [InlineData("application/json; charset=\"utf-8\"; odata=verbose", true)]
    [InlineData("application/vnd.api+json", true)]
    [InlineData("application/json; charset=utf-7", false)]
    [InlineData("application/json; charset=utf-8; charset=utf-16", false)]
    [InlineData("application/jsonx", false)]
    [InlineData("text/x+json", false)]
    [InlineData("multipart/x+json; boundary=x", false)]
    [InlineData("application/json;", false)]
    [InlineData("application/json; charset=\"utf-\\8\"", false)]
    [InlineData("application/json; charset*=utf-8''utf-16", false)]
    [InlineData("application/json; boundary=x", false)]
    [InlineData("application/json; x=\"multipart/form-data; boundary=x\"", false)]
    [InlineData("application/json; profile=\"https://example.com/p\"", true)]
    [InlineData("text/plain", false)]
    [InlineData("multipart/mixed; boundary=x", false)]
    [InlineData("application/json, text/plain", false)]
    [InlineData("json", false)]
    [InlineData("", false)]
    public void Only_a_JSON_media_type_in_UTF8_is_read_as_JSON(string type, bool read) =>
        Assert.Equal(read, BodyFactsReader.Read(Some.Head(headers: new HeaderField("content-type", type)), "{}"u8.ToArray()) is BodyFacts.Json);

    [Fact]
    public void A_body_without_a_type_or_with_two_is_unreadable()
    {
        HeaderField type = new("Content-Type", "application/json");
        Assert.IsType<BodyFacts.Unreadable>(BodyFactsReader.Read(Some.Head(), "{}"u8.ToArray()));
        Assert.IsType<BodyFacts.Unreadable>(BodyFactsReader.Read(Some.Head(headers: [type, type]), "{}"u8.ToArray()));
        Assert.IsType<BodyFacts.Empty>(BodyFactsReader.Read(Some.Head(), default));
    }

    [Fact]
    public void A_document_may_hold_so_many_values_and_no_more()
    {
        static byte[] List(int items) => Encoding.ASCII.GetBytes($"[{string.Join(',', Enumerable.Repeat('0', items))}]");
        Assert.IsType<BodyFacts.Json>(StrictJson.Read(List(StrictJson.MaxValues - 1)));
        Assert.IsType<BodyFacts.Unreadable>(StrictJson.Read(List(StrictJson.MaxValues)));
    }

    [Fact]
    public void Every_value_has_the_span_of_its_own_bytes()
    {
        var text = " {\"é\": [1.50, \"x\\ny\", true ,false, null, {} ], \"o\":{\"n\" : -2e4}} ";
        var bytes = Encoding.UTF8.GetBytes(text);
        var root = Assert.IsType<BodyFacts.Json>(StrictJson.Read(bytes)).Root;

        var spans = new List<string>();
        Visit(root, node => spans.Add(Encoding.UTF8.GetString(bytes, node.Start, node.Length)));
        Assert.Equal(
            ["{\"é\": [1.50, \"x\\ny\", true ,false, null, {} ], \"o\":{\"n\" : -2e4}}", "[1.50, \"x\\ny\", true ,false, null, {} ]", "1.50", "\"x\\ny\"", "true", "false", "null", "{}", "{\"n\" : -2e4}", "-2e4"],
            spans);
    }

    [Fact]
    public void Any_bytes_are_either_unreadable_or_mean_what_another_reader_says()
    {
        var accepted = 0;
        var runs = Some.Runs(30_000);
        var bodies = Gen.Choose(0, 12).SelectMany(length => Gen.Elements(Scraps).ArrayOf(length)).Select(scraps => scraps.SelectMany(scrap => scrap).ToArray());
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(runs), Prop.ForAll(bodies.ToArbitrary(), body =>
        {
            if (StrictJson.Read(body) is not BodyFacts.Json { Root: var root }) return;
            accepted++;
            var other = JsonNode.Parse(body);
            Visit(root, node =>
            {
                // Each value, cut out by its span, is itself the value that was read.
                var alone = JsonNode.Parse(body.AsSpan(node.Start, node.Length));
                if (node is JsonNodeFact.Text text) Assert.Equal(text.Value, alone!.GetValue<string>());
                if (node is JsonNodeFact.Number number) Assert.Equal(number.Lexeme, alone!.ToJsonString());
                if (node is JsonNodeFact.Object members) Assert.Equal(members.Members.Keys.Order(StringComparer.Ordinal), alone!.AsObject().Select(pair => pair.Key).Order(StringComparer.Ordinal));
                if (node is JsonNodeFact.Array items) Assert.Equal(items.Items.Count, alone!.AsArray().Count);
            });
            Assert.Equal(other is null, root is JsonNodeFact.Null);
        }));
        Assert.True(accepted > runs / 50, $"{accepted} of {runs} were JSON");
    }

    [Fact]
    public void A_mutated_document_never_makes_the_reader_throw()
    {
        var seed = Encoding.UTF8.GetBytes("""{"a":[1,2.5e-3,"x\u0061\ud83d\ude00",{"b":null,"c":[true,false]}],"é":"ü","k":{"k":{}}}""");
        var random = new Random(20261121);
        for (var run = 0; run < Some.Runs(50_000); run++)
        {
            var body = seed.ToArray();
            for (var change = random.Next(1, 5); change > 0; change--) body[random.Next(body.Length)] = (byte)random.Next(256);
            Assert.NotNull(StrictJson.Read(body.AsMemory(0, random.Next(body.Length + 1))));
        }
    }

    private static void Visit(JsonNodeFact node, Action<JsonNodeFact> visit)
    {
        visit(node);
        var below = node switch
        {
            JsonNodeFact.Array array => array.Items,
            JsonNodeFact.Object members => members.Members.Values,
            _ => [],
        };
        foreach (var item in below) Visit(item, visit);
    }

    [Fact]
    public void What_was_read_is_let_go_while_nobody_looks_and_is_the_same_when_somebody_does()
    {
        var (facts, first) = Forgotten(Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("""{"a":0}""", 1000))},\"last\"]"));

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(first.TryGetTarget(out _));
        var items = Assert.IsType<JsonNodeFact.Array>(facts.Root).Items;
        Assert.Equal(1001, items.Count);
        Assert.Equal(new JsonNodeFact.Text(8001, 6, "last"), items[^1]);
    }

    // In a frame of its own, so that nothing on the stack keeps what was read.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (BodyFacts.Json Facts, WeakReference<JsonNodeFact> First) Forgotten(byte[] body)
    {
        var facts = Assert.IsType<BodyFacts.Json>(StrictJson.Read(body));
        return (facts, new(facts.Root));
    }
}
