using System.Security.Cryptography;
using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Agents;
using AiAccessProxy.Approvals.Showing;
using AiAccessProxy.Policies;
using FsCheck;
using FsCheck.Fluent;

namespace AiAccessProxy.Tests.Approvals.Showing;

public class CallShowingTests
{
    [Fact]
    public void Method_target_headers_and_body_are_shown_in_the_order_they_are_sent()
    {
        var shown = CallShowing.Of(
            Call(headers: [new("Content-Type", "application/json"), new("X-Env", "prod"), new("X-Other", "two")], body: "{\"a\":1}\n"), Decided());

        Assert.Equal(["method", "target", "header", "header", "header", "body"], shown.Parts.Select(part => part.Kind));
        Assert.Equal([null, null, "Content-Type", "X-Env", "X-Other", null], shown.Parts.Select(part => part.Name));
        Assert.Equal(["POST", "/v1/users?x=%20", "application/json", "prod", "two", "{\"a\":1}\n"], shown.Parts.Select(Texts));
        Assert.True(shown.IsWhole);
        Assert.Equal("https://upstream.test:8443", shown.Upstream);
    }

    [Fact]
    public void A_repeated_header_is_shown_as_the_one_line_that_is_written()
    {
        var shown = CallShowing.Of(
            Call(headers: [new("X-Env", "a"), new("Cookie", "c=1"), new("x-env", "b, c"), new("cookie", "d=2")], body: ""), Decided());

        var headers = shown.Parts.Where(part => part.Kind == "header");
        Assert.Equal([("X-Env", "a, b, c"), ("Cookie", "c=1; d=2")], headers.Select(part => (part.Name, Texts(part))));
    }

    [Fact]
    public void A_call_without_body_and_without_credential_is_whole()
    {
        var shown = CallShowing.Of(Call(credential: false), Decided());

        Assert.True(shown.IsWhole);
        Assert.DoesNotContain(shown.Parts, part => part.Kind == "body");
        Assert.Null(shown.Credential);
        Assert.Equal(["Host", "Content-Length", "traceparent"], shown.ProxyHeaders);
    }

    [Fact]
    public void The_credential_is_shown_by_id_and_the_header_that_it_replaces_is_not_shown_as_sent()
    {
        var shown = CallShowing.Of(Call(headers: [new("authorization", "Bearer of-the-agent"), new("X-A", "1")]), Decided());

        Assert.Equal("live", shown.Credential);
        Assert.Contains("Authorization", shown.ProxyHeaders);
        Assert.Equal(["X-A"], shown.Parts.Where(part => part.Kind == "header").Select(part => part.Name));
        Assert.DoesNotContain("of-the-agent", Everything(shown), StringComparison.Ordinal);
        Assert.DoesNotContain("Bearer secret", Everything(shown), StringComparison.Ordinal);
    }

    [Fact]
    public void A_redacted_field_stands_as_name_length_and_hash_and_does_not_stand_in_the_way()
    {
        var body = """{"card":"4242","amount":5}""";
        var shown = CallShowing.Of(Call(body: body), Decided(Field(FieldSource.Body, "card", (8, 6))));

        Assert.True(shown.IsWhole);
        Assert.Equal(
            [
                new ShownSpan.Text("{\"card\":"),
                new ShownSpan.Redacted("body.card", 6, Convert.ToHexStringLower(SHA256.HashData("\"4242\""u8))),
                new ShownSpan.Text(",\"amount\":5}"),
            ],
            shown.Parts.Single(part => part.Kind == "body").Spans);
    }

    [Fact]
    public void Redactions_that_overlap_or_stand_in_one_another_are_one_that_names_both()
    {
        var shown = CallShowing.Of(
            Call(body: "0123456789"),
            Decided(Field(FieldSource.Body, "outer", (2, 6)), Field(FieldSource.Body, "inner", (3, 2)), Field(FieldSource.Body, "late", (7, 2))));

        var redacted = Assert.Single(shown.Parts.Single(part => part.Kind == "body").Spans.OfType<ShownSpan.Redacted>());
        Assert.Equal(("body.outer, body.inner, body.late", 7L), (redacted.Field, redacted.Length));
        Assert.Equal("019", Texts(shown.Parts.Single(part => part.Kind == "body")));
    }

    [Theory]
    [InlineData("body.list.*.card", """{"list":[{"card":"s3cret"},{"open":1},null,{"card":"s3cret"}]}""")]
    [InlineData("body.*.card", """{"a":{"card":"s3cret"},"b":{}}""")]
    public void What_stands_in_some_items_only_is_redacted_where_it_stands_and_not_in_the_way(string field, string body)
    {
        var bound = Some.Decided($$"""
            - id: hides
              effect: allow
              redact: [{{field}}]
              match: { methods: [POST] }
            """, Some.Action("POST", "/x", Some.Body(body)));
        var shown = CallShowing.Of(bound.Action, bound.Decision);

        Assert.True(shown.IsWhole);
        Assert.DoesNotContain("s3cret", Everything(shown), StringComparison.Ordinal);
        Assert.Contains(shown.Parts.Single(part => part.Kind == "body").Spans, span => span is ShownSpan.Redacted);
    }

    [Fact]
    public void A_redacted_query_value_and_a_redacted_header_are_cut_out()
    {
        var shown = CallShowing.Of(
            Call(headers: [new("X-Token", "s3cret"), new("x-token", "again")]),
            Decided(Field(FieldSource.Query, "x", (12, 3)), Field(FieldSource.Header, "X-TOKEN", (0, 2))));

        Assert.True(shown.IsWhole);
        Assert.DoesNotContain("s3cret", Everything(shown), StringComparison.Ordinal);
        Assert.DoesNotContain("again", Everything(shown), StringComparison.Ordinal);
        Assert.DoesNotContain("%20", Everything(shown), StringComparison.Ordinal);
        Assert.Equal(2, shown.Parts.SelectMany(part => part.Spans).OfType<ShownSpan.Redacted>().Count());
    }

    [Theory]
    [InlineData(FieldSource.Body)]
    [InlineData(FieldSource.Query)]
    [InlineData(FieldSource.Path)]
    [InlineData(FieldSource.Header)]
    internal void When_it_cannot_be_told_what_to_redact_the_whole_part_is_hidden_and_counted(FieldSource source)
    {
        var unreadable = new NamedReading(Path(source, "x-a"), new FieldReading.Unreadable("no JSON"));
        var shown = CallShowing.Of(Call(headers: [new("X-A", "hidden-value")], body: "hidden-value", target: "/hidden-value"), Decided(unreadable));

        Assert.False(shown.IsWhole);
        Assert.Equal(2, Count(Everything(shown), "hidden-value"));
    }

    [Fact]
    public void A_span_that_lies_outside_the_body_hides_the_body()
    {
        var shown = CallShowing.Of(Call(body: "short"), Decided(Field(FieldSource.Body, "card", (3, 20))));

        Assert.Equal(5, shown.HiddenBytes);
        Assert.DoesNotContain(shown.Parts, part => part.Kind == "body");
    }

    [Fact]
    public void A_body_that_was_not_read_counts_as_hidden()
    {
        Assert.Equal(1, CallShowing.Of(Call() with { Action = new(Head("/", []), new ActionBody.Streamed(null)) }, Decided()).HiddenBytes);
        Assert.Equal(77, CallShowing.Of(Call() with { Action = new(Head("/", []), new ActionBody.Streamed(77)) }, Decided()).HiddenBytes);
    }

    [Fact]
    public void What_does_not_fit_is_counted_to_the_byte_and_nothing_behind_the_gap_is_shown()
    {
        var shown = CallShowing.Of(
            Call(headers: [], body: new string('a', 70_000)), Decided(Field(FieldSource.Body, "late", (69_000, 10))));

        Assert.Equal(70_000, Texts(shown.Parts[^1]).Length + shown.HiddenBytes);
        Assert.True(Everything(shown).Length <= CallShowing.MaxShown);
        Assert.DoesNotContain(shown.Parts[^1].Spans, span => span is ShownSpan.Redacted);
    }

    [Fact]
    public void Text_in_a_target_or_header_that_is_no_ASCII_is_hidden_because_it_has_no_single_form_on_the_wire()
    {
        Assert.False(CallShowing.Of(Call(target: "/é"), Decided()).IsWhole);
        Assert.False(CallShowing.Of(Call(headers: [new("X-A", "é")]), Decided()).IsWhole);
        Assert.False(CallShowing.Of(Call(headers: [new("X A", "1")]), Decided()).IsWhole);
    }

    [Fact]
    public void Whatever_is_sent_every_byte_is_shown_redacted_or_counted() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Some.Runs(500)),
            Prop.ForAll(Calls.ToArbitrary(), sample =>
            {
                var shown = CallShowing.Of(Call(bytes: sample.Body), Decided(sample.Redact));
                var part = shown.Parts.SingleOrDefault(part => part.Kind == "body");
                if (part is null) return shown.HiddenBytes >= sample.Body.Length;

                // Put together again from what the reviewer saw; a redacted stretch is checked by its hash.
                var at = 0;
                foreach (var span in part.Spans)
                {
                    var length = span is ShownSpan.Text text ? ShownText.Unescape(text.Safe).Length : (int)((ShownSpan.Redacted)span).Length;
                    var sent = sample.Body.AsSpan(at, length);
                    var same = span is ShownSpan.Text plain
                        ? sent.SequenceEqual(ShownText.Unescape(plain.Safe))
                        : ((ShownSpan.Redacted)span).Sha256 == Convert.ToHexStringLower(SHA256.HashData(sent));
                    if (!same) return false;
                    at += length;
                }

                // A redaction of nothing that does not fit counts as one byte, so that it cannot go unnoticed.
                var empty = sample.Redact.Count(field => ((FieldReading.Present)field.Reading).Values[0].Json.Length == 0);
                return at + shown.HiddenBytes >= sample.Body.Length && at + shown.HiddenBytes <= sample.Body.Length + empty;
            }));

    private static Gen<(byte[] Body, NamedReading[] Redact)> Calls =>
        from size in Gen.OneOf(Gen.Choose(0, 200), Gen.Choose(0, 5_000), Gen.Elements(66_000, 200_000))
        from body in Gen.OneOf(
            Gen.Choose(32, 126).Select(start => Enumerable.Range(0, size).Select(i => (byte)(32 + ((start + i) % 95))).ToArray()),
            Gen.Choose(0, int.MaxValue - 1).Select(seed => Noise(seed, size)))
        from spans in (from start in Gen.Choose(0, size) from length in Gen.Choose(0, size - start) select (start, Math.Min(length, 40))).ListOf()
        select (body, spans.Select((span, i) => Field(FieldSource.Body, $"f{i}", span)).ToArray());

    private static byte[] Noise(int seed, int size)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static string Texts(ShownPart part) => string.Concat(part.Spans.OfType<ShownSpan.Text>().Select(span => span.Safe));

    private static string Everything(ShownCall shown) => string.Concat(shown.Parts.SelectMany(part => part.Spans).Select(span => span switch
    {
        ShownSpan.Text text => text.Safe,
        ShownSpan.Redacted redacted => redacted.Field,
        _ => throw new InvalidOperationException(),
    }));

    private static int Count(string text, string what) => text.Split(what).Length - 1;

    private static NamedReading Field(FieldSource source, string name, (int Start, int Length) span) => new(
        Path(source, name),
        new FieldReading.Present([new FieldValue(source, new JsonNodeFact.Text(span.Start, span.Length, ""))]));

    private static FieldPath Path(FieldSource source, string name) =>
        new(source, [new FieldStep(name)], $"{source.ToString().ToLowerInvariant()}.{name}");

    private static Decision Decided(params NamedReading[] redact) => new Decision.Allow { Rules = [], Redact = redact };

    private static ActionHead Head(string target, IReadOnlyList<HeaderField> headers) =>
        new("POST", new CanonicalTarget(target, [], []), headers, Claims.None);

    private static BoundAction Call(
        string target = "/v1/users?x=%20", HeaderField[]? headers = null, string? body = null, byte[]? bytes = null, bool credential = true) => new(
        new Caller(new Agent("bot", "ada", []), null, "key:k1"),
        "cloud",
        new ApiAction(Head(target, headers ?? []), Body(bytes ?? (body is null ? null : Encoding.UTF8.GetBytes(body)))),
        new Upstream(new Uri("https://upstream.test:8443"), TimeSpan.FromSeconds(1), new Version(1, 1)),
        credential ? new UpstreamCredential("live", "Authorization", "Bearer secret") : null,
        new ActionDigest("00"));

    private static ActionBody Body(byte[]? bytes) =>
        bytes is null ? new ActionBody.None() : new ActionBody.Whole(bytes, Convert.ToHexStringLower(SHA256.HashData(bytes)), new BodyFacts.Empty());
}
