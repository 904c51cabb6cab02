using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Actions.Bodies;
using AiAccessProxy.Approvals.Showing;
using AiAccessProxy.Control.Pages;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Policies;
using AiAccessProxy.Tests.Actions.Bodies;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using FsCheck;
using FsCheck.Fluent;

namespace AiAccessProxy.Tests.Control;

public class ShownInPageTests
{
    private static readonly Gen<byte[]> Bodies = Gen.OneOf(
        ArbMap.Default.GeneratorFor<byte[]>(),
        Gen.OneOf(
            ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""),
            Gen.Elements("\n", "\r\n", "\n\n", "<", "&amp;", "&#10;", "</pre>", "\"", "'", "\\", @"\n", "\u202e", "\u00a0", "😀", " ", "\t", "<!--", "]]>"))
            .ListOf().Select(pieces => Encoding.UTF8.GetBytes(string.Concat(pieces))));

    [Fact]
    public void Every_byte_of_a_body_can_be_had_back_from_the_page() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Some.Runs(500)),
            Prop.ForAll(Bodies.ToArbitrary(), body =>
            {
                var text = PartOf(body).TextContent;
                return ShownText.Unescape(text).AsSpan().SequenceEqual(body);
            }));

    [Fact]
    public void A_redacted_field_stands_in_its_place_with_name_length_and_hash()
    {
        var body = """{"card":"4242","amount":5}"""u8.ToArray();
        var field = Some.Field("body.card");
        var action = Some.Action("POST", "/v1/x", Some.Body(body));
        var part = PartOf(action, new NamedReading(field, ActionFields.Read(action, field)));

        Assert.Equal(["{\"card\":", "body.card", ",\"amount\":5}"], part.ChildNodes.Select(node => (node as IElement)?.GetAttribute("data-redacted") ?? node.TextContent));
        Assert.DoesNotContain("4242", part.TextContent, StringComparison.Ordinal);
        Assert.Equal("6", part.QuerySelector("[data-redacted]")!.GetAttribute("data-length"));
    }

    [Fact]
    public void A_compressed_body_is_shown_decompressed_and_the_page_says_how_it_is_sent()
    {
        var sent = Compressed.As("gzip", $"\"{new string('a', 5000)}\"");
        var head = Some.Head("POST", headers: [new("Content-Type", "application/json"), new("Content-Encoding", "gzip")]);
        var part = PartOf(new ApiAction(head, Assert.IsType<BodyReading.Read>(WholeBody.Of(head, sent, 1 << 20)).Body));

        Assert.Equal($"\"{new string('a', 5000)}\"", part.TextContent);
        var said = part.ParentElement!.QuerySelector("[data-coding=gzip]")!.TextContent;
        Assert.Contains("sent compressed (gzip", said, StringComparison.Ordinal);
    }

    private static IElement PartOf(byte[] body) => PartOf(Some.Action("POST", "/v1/x", Some.Body(body)));

    private static IElement PartOf(ApiAction action, params NamedReading[] redact)
    {
        var bound = Some.Bound(action, Some.Upstream());
        var ticket = Some.Ticket() with { Shown = CallShowing.Of(bound, Some.NeedsApproval(redact: redact)) };
        var viewer = new Viewer(Some.Person("grace"), "key:laptop", new("grace", "key:laptop", new SessionProof.Link(), "token", 0));
        var page = TicketPage.Of(new(ticket, viewer, Console.Snapshot, DateTimeOffset.UnixEpoch));
        return new HtmlParser().ParseDocument(page.ToString()).QuerySelector("[data-part=body]")!;
    }
}
