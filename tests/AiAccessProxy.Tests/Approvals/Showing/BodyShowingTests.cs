using System.Security.Cryptography;
using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Actions.Bodies;
using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Showing;
using AiAccessProxy.Policies;
using AiAccessProxy.Tests.Actions.Bodies;
using FsCheck;
using FsCheck.Fluent;

namespace AiAccessProxy.Tests.Approvals.Showing;

/// <summary>What reviewers see and records keep of bodies, however they are sent.</summary>
public class BodyShowingTests
{
    private const string Rules = """
        - id: pay
          match: { methods: [POST] }
          effect: require_approval
          show: [form.Action, form.password, body.amount, body.password, body.card]
          redact: [form.password, form.file, body.password]
          approval: { need: [{ from: [group:finance] }] }
        """;

    private const string Secret = "hunter2-hunter2";

    private static readonly PolicySnapshot Policy = Some.Policy(Rules);

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public void A_compressed_body_is_shown_decompressed_and_said_to_be_compressed(string coding)
    {
        var document = $$"""{"amount":5,"password":"{{Secret}}","é":"\u0041"}""";
        var sent = Compressed.As(coding, document);
        var bound = Decided(sent, "application/json", coding);

        var shown = CallShowing.Of(bound.Action, bound.Decision);
        var body = shown.Parts.Single(part => part.Kind == "body");
        Assert.True(shown.IsWhole);
        Assert.Equal(new ShownCoding(coding, sent.Length, Encoding.UTF8.GetByteCount(document)), body.Sent);
        Assert.Equal(document.Replace($"\"{Secret}\"", "[body.password]", StringComparison.Ordinal).Replace("\\", @"\\", StringComparison.Ordinal), Text(body));

        var record = Records.ActionOf(bound);
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(sent)), (long?)sent.Length), (record.BodySha256, record.BodyBytes));
        Assert.Equal("5", record.Parameters!["body.amount"]);
        Assert.StartsWith("[redacted body.password", record.Parameters["body.password"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_that_is_sent_as_it_is_shown_says_nothing_of_compression() =>
        Assert.Null(CallShowing.Of(Decided("{}"u8.ToArray(), "application/json").Action, new Decision.Allow { Rules = [] }).Parts.Single(part => part.Kind == "body").Sent);

    [Theory]
    [InlineData("Action=Pay&password=hunter2-hunter2", "Action=Pay&password=[form.password]")]
    [InlineData("password=%68unter2", null)]
    [InlineData("password=hunter2%2Bhunter2+x&Action=a", "password=[form.password]&Action=a")]
    [InlineData("Password=hunter2-hunter2&Action=a", "Password=[form.password]&Action=a")]
    [InlineData("password=hunter2-hunter2&password=hunter2-hunter2", "password=[form.password]&password=[form.password]")]
    [InlineData("password[]=hunter2-hunter2", "password[]=[form.password]")]
    [InlineData("Action=a&password=", "Action=a&password=[form.password]")]
    [InlineData("password", "password[form.password]")]
    [InlineData("Action=a", "Action=a")]
    public void A_form_is_shown_as_it_is_sent_less_the_values_that_are_redacted(string form, string? shown)
    {
        var bound = Decided(Encoding.ASCII.GetBytes(form), "application/x-www-form-urlencoded");
        var call = CallShowing.Of(bound.Action, bound.Decision);

        Assert.Equal(shown, call.Parts.Where(part => part.Kind == "body").Select(Text).SingleOrDefault());
        Assert.Equal(shown is not null, call.IsWhole);
    }

    [Fact]
    public void A_multipart_form_is_shown_less_its_redacted_fields_and_files()
    {
        var form = "--B\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nhunter2\r\nhunter2\r\n--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n\u0001\u0002\r\n--B--\r\n";
        var bound = Decided(Encoding.ASCII.GetBytes(form), "multipart/form-data; boundary=B");
        var shown = Text(CallShowing.Of(bound.Action, bound.Decision).Parts.Single(part => part.Kind == "body"));

        Assert.Equal(
            form.Replace("hunter2\r\nhunter2", "[form.password]", StringComparison.Ordinal).Replace("\u0001\u0002", "[form.file]", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal),
            shown);
    }

    [Fact]
    public void What_a_rule_redacts_stands_nowhere_in_whatever_spelling_it_came()
    {
        var spellings = Gen.Elements<Func<string, string>>(
            text => text, text => Uri.EscapeDataString(text), text => text.Replace(' ', '+'), text => string.Concat(text.Select(one => char.IsAsciiLetterOrDigit(one) ? $"{one}" : Uri.HexEscape(one).ToLowerInvariant())));
        var cases =
            from spell in spellings
            from name in Gen.Elements("password", "Password", "PASSWORD", "password[]", "password[a]", "+password", "p%61ssword")
            from before in Gen.Elements("", "Action=a&", "Action=&", "&&", "Action=a;")
            from after in Gen.Elements("", "&Action=b", "&password=", "&password=x", "&")
            from type in Gen.Elements("application/x-www-form-urlencoded", "Application/X-Www-Form-Urlencoded; charset=utf-8", "text/plain", "application/json")
            select (Form: $"{before}{name}={spell("hunter2 ~hunter2")}{after}", Type: type);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Some.Runs(1500)), Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var bound = Decided(Encoding.ASCII.GetBytes(one.Form), one.Type);
            var everything = Encoding.UTF8.GetString(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(CallShowing.Of(bound.Action, bound.Decision)))
                + string.Join(' ', Records.ActionOf(bound).Parameters?.Values ?? []);
            Assert.DoesNotContain("hunter2", everything, StringComparison.OrdinalIgnoreCase);
        }));
    }

    [Fact]
    public void What_cannot_be_decompressed_is_shown_as_it_is_sent()
    {
        var policy = Some.Policy("""- { id: pay, effect: require_approval, match: { methods: [POST] }, approval: { need: [{ from: [group:finance] }] } }""");
        var bound = Decided([0x1f, 0x8b, 0x00], "application/json", "gzip", policy);
        var body = CallShowing.Of(bound.Action, bound.Decision).Parts.Single(part => part.Kind == "body");
        Assert.Equal((@"\x1f\x8b\x00", (ShownCoding?)null), (Text(body), body.Sent));
    }

    private static Bound Decided(byte[] body, string type, string? coding = null, PolicySnapshot? policy = null)
    {
        HeaderField[] headers = [new("Content-Type", type), .. coding is null ? Array.Empty<HeaderField>() : [new("Content-Encoding", coding)]];
        var head = Some.Head("POST", headers: headers);
        var whole = Assert.IsType<ActionBody.Whole>(Assert.IsType<BodyReading.Read>(WholeBody.Of(head, body, 1 << 20)).Body);
        // Redaction is asked of every body that could be decided on, doubtful ones too.
        return Some.Decided(policy ?? Policy, new(head, whole with { Doubts = [] }));
    }

    private static string Text(ShownPart part) => string.Concat(part.Spans.Select(span => span switch
    {
        ShownSpan.Text text => text.Safe,
        ShownSpan.Redacted redacted => $"[{redacted.Field}]",
        _ => "?",
    }));
}
