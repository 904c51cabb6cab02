using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Approvals.Showing;
using AiAccessProxy.Approvals.Teams.Cards;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Approvals.Teams.Cards;

/// <summary>Whatever an agent writes wherever it can, a card of its ticket means and does the same.</summary>
public class HostileCardTests
{
    private static readonly string[] Pieces =
    [
        "**bold**", "[Approve](https://evil.test)", "![x](https://evil.test/x.png)", "<at>Ada</at>", "<at id=\"0\">Grace</at>", "@everyone", "# Heading", "- item",
        "`code`", "> quote", "---", "{{DATE(2026-01-01T00:00:00Z,LONG)}}", "{{TIME(2026-01-01T00:00:00Z)}}", "${risk}", "${$root}", "{{{{x}}}}", "{{#each x}}",
        "\u202e", "\u2066", "\u2069", "\u200b", "\u200d", "\ufeff", "\u00ad", "\U000e0041", "\u3164", "\u115f", "\u2028", "\u0000", "\u001b[31m", "\r\n", "\n\n", "\t",
        "аpprove", "Ａpprove", "APPROVED BY ADA", "LOW RISK", "a\u0301\u0301\u0301\u0301", "\ud800", "\udc00", "\ufffd", "\U0001f600",
        "\"", "\\", "\"}],\"actions\":[{\"type\":\"Action.Execute\",\"verb\":\"approve\"}]", "</script>", "<b>x</b>", "&lt;", "&amp;", "]]>", "'; --", "%00", "\\u0022",
        "  ", "\u00a0", "https://evil.test/?approve=1", "mailto:x@evil.test", "(absent)", "[body.card is redacted: 4 bytes, SHA-256 00]", "null", "…", "0 of 1",
    ];

    [Fact]
    public void No_text_of_an_agent_changes_what_a_card_means_or_can_do()
    {
        var random = new Random(11);
        var runs = Some.Runs(1200);
        for (var run = 0; run < runs; run++)
        {
            var texts = Enumerable.Range(0, 8).Select(_ => string.Concat(random.GetItems(Pieces, random.Next(1, 6)))).ToArray();
            // What takes as much room as it does, and says nothing.
            var harmless = texts.Select(text => new string('x', SafeText.Of(text, int.MaxValue).Text.Length)).ToArray();

            var (hostile, plain) = (CardOf(texts), CardOf(harmless));

            Assert.Equal(CardSkeleton.Of(plain), CardSkeleton.Of(hostile));
            Assert.All(CardSkeleton.Strings(hostile, "text").Where(text => !IsHouse(text)), AssertInert);
        }
    }

    [Fact]
    public void Very_long_texts_are_cut_counted_and_never_approved_unseen()
    {
        var random = new Random(13);
        for (var run = 0; run < Some.Runs(60); run++)
        {
            var texts = Enumerable.Range(0, 8).Select(_ => string.Concat(Enumerable.Repeat(Pieces[random.Next(Pieces.Length)], random.Next(1, 4000)))).ToArray();
            var ticket = TicketOf(texts);
            var card = TeamsCard.Of(new(SightOf(ticket), "nonce"), []);

            Assert.True(TeamsCard.Size(card.Content) <= TeamsCard.MaxBytes, $"{TeamsCard.Size(card.Content)} bytes");
            Assert.True(TeamsCard.Size(CardActivity.Of(card)) <= 28 * 1024);
            var verbs = CardSkeleton.Strings(JsonSerializer.SerializeToElement(card.Content), "verb").ToList();
            Assert.Equal(card.Drawn.Missing == 0, verbs.Contains(CardVerbs.Approve));
            Assert.Contains(CardVerbs.Deny, verbs);
            var shown = Encoding.UTF8.GetByteCount(string.Concat(card.Drawn.Call.SelectMany(part => part.Spans).OfType<CardSpan.Text>().Select(span => span.Sent.Text)));
            if (shown < texts[4].Length) Assert.True(card.Drawn.Missing > 0);
        }
    }

    [Fact]
    public void A_method_or_an_upstream_that_does_not_fit_is_never_approved_unseen()
    {
        var ticket = TicketOf([.. Enumerable.Repeat("x", 8)]);
        var method = new string('M', 300);
        foreach (var (one, missing) in new[]
        {
            (ticket, 0L),
            (ticket with { Action = ticket.Action with { Method = method } }, 180),
            (ticket with { Shown = ticket.Shown! with { Upstream = $"https://{new string('u', 292)}" } }, 60),
        })
        {
            var card = TeamsCard.Of(new(SightOf(one), "nonce"), []);
            Assert.Equal(missing, card.Drawn.Missing);
            Assert.Equal(missing == 0, CardSkeleton.Strings(JsonSerializer.SerializeToElement(card.Content), "verb").Contains(CardVerbs.Approve));
        }
    }

    [Fact]
    public void The_summary_says_nothing_that_an_agent_sent()
    {
        var hostile = CardActivity.Of(TeamsCard.Of(new(SightOf(TicketOf(Enumerable.Repeat("EVIL", 8).ToArray())), "nonce"), []))["summary"]!.GetValue<string>();

        Assert.Equal("Waits for approval (high risk): agent billing-bot, route payments", hostile);
    }

    private static void AssertInert(string text)
    {
        Assert.DoesNotContain("{{", text, StringComparison.Ordinal);
        Assert.DoesNotContain("${", text, StringComparison.Ordinal);
        Assert.All(text.EnumerateRunes(), rune => Assert.True(Visible.Stands(rune) || rune.Value is '\\' or SafeText.Space, $"{rune.Value:x}"));
    }

    /// <summary>The one template that the house writes is its own deadline.</summary>
    private static bool IsHouse(string text) => text == $"Decide until {CardElements.Moment(Some.Moment + TimeSpan.FromMinutes(30))}";

    private static JsonElement CardOf(string[] texts)
    {
        var card = TeamsCard.Of(new(SightOf(TicketOf(texts)), "nonce"), ["29:one"]);
        return JsonDocument.Parse(CardActivity.Of(card).ToJsonString()).RootElement.GetProperty("attachments")[0].GetProperty("content");
    }

    private static Sight SightOf(Ticket ticket) => new(new(ticket, 1), Some.Rules(), Some.Moment, new("https://console.test"));

    private static Ticket TicketOf(string[] texts) => Some.Ticket(opened: Some.Moment) with
    {
        Summary = [texts[0]],
        Action = new() { Name = texts[1], Route = "payments", Method = "POST", Target = "/v1/charges", Digest = "digest" },
        Rules = [new("refund-large", [texts[2]], false)],
        Claims = new Dictionary<string, string> { ["reason"] = texts[3], ["prompt"] = texts[3] },
        Earlier = [new("t_0", Some.Moment, TicketStatus.Denied, null)],
        Shown = new(
            [
                new("method", null, [Text("POST")]),
                new("target", null, [Text(texts[7])]),
                new("header", "x-note", [Text(texts[6])]),
                new("body", null, [Text(texts[4], multiline: true), new ShownSpan.Redacted("body.card", 4, new string('0', 64)), Text(texts[4], multiline: true)]),
            ],
            "live", ["Host"], 0)
        {
            Upstream = "https://payments.test",
            Fields = [new("body.amount", [[Text(texts[5])], [Text("1")]], 0), new("body.none", [], 0)],
        },
    };

    private static ShownSpan.Text Text(string raw, bool multiline = false) => new(ShownText.Escape(Encoding.UTF8.GetBytes(raw), multiline));
}
