using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Approvals.Showing;
using AiAccessProxy.Approvals.Teams.Cards;
using AiAccessProxy.Policies;
using AiAccessProxy.Tests.Approvals.Showing;

namespace AiAccessProxy.Tests.Approvals.Teams.Cards;

/// <summary>Whatever an agent writes wherever it can, a card of its ticket means and does the same.</summary>
public class HostileCardTests
{
    [Fact]
    public void No_text_of_an_agent_changes_what_a_card_means_or_can_do()
    {
        var random = new Random(11);
        var runs = Some.Runs(1200);
        for (var run = 0; run < runs; run++)
        {
            var texts = HostileTickets.TextsOf(random);
            var (hostile, plain) = (CardOf(texts), CardOf(HostileTickets.Harmless(texts)));

            Assert.Equal(CardSkeleton.Of(plain), CardSkeleton.Of(hostile));
            Assert.All(CardSkeleton.Strings(hostile, "text").Where(text => !IsHouse(text)), AssertInert);
        }
    }

    [Fact]
    public void Letters_of_a_call_that_run_from_right_to_left_are_spelled_out_and_said_to_be_and_people_keep_their_names()
    {
        const string Words = "Letters that run from right to left stand here as \\u{…}, so that nothing changes places. The page shows them as they are written.";
        var rules = Some.Rules() with { People = new([Some.Person("ada", name: "\u05e2\u05d3\u05d4"), Some.Person("grace", name: "\u062c\u0631\u064a\u0633")], Some.Groups) };
        foreach (var text in (string[])[.. BidiClasses.Mixed, "plain"])
        {
            var ticket = HostileTickets.Of([.. Enumerable.Repeat(text, HostileTickets.Texts)]);
            ticket = ticket with { Votes = [new("grace", true, "\u05de\u05d0\u05e9\u05e8\u05ea", Some.Moment, "console", "key:k1")] };
            var card = TeamsCard.Of(new(HostileTickets.SightOf(ticket) with { Rules = rules }, "nonce"), []);
            var texts = CardSkeleton.Strings(JsonSerializer.SerializeToElement(card.Content), "text").ToList();

            string[] people = ["\u05e2\u05d3\u05d4 (ada)", "\u062c\u0631\u064a\u0633 (grace)", "\u05de\u05d0\u05e9\u05e8\u05ea"];
            Assert.Subset(texts.ToHashSet(), people.ToHashSet());
            Assert.All(texts.Except(people), BidiClasses.AssertNone);
            // Marks are escaped on the page, too; letters are not.
            Assert.Equal(text.EnumerateRunes().Any(rune => BidiClasses.IsRightToLeft(rune) && Visible.Stands(rune)), texts.Contains(Words));
            Assert.True(card.Drawn.OffersApprove);
        }
    }

    [Fact]
    public void Very_long_texts_are_cut_counted_and_never_approved_unseen()
    {
        var random = new Random(13);
        for (var run = 0; run < Some.Runs(60); run++)
        {
            var texts = Enumerable.Range(0, 8).Select(_ => string.Concat(Enumerable.Repeat(HostileTickets.Pieces[random.Next(HostileTickets.Pieces.Length)], random.Next(1, 4000)))).ToArray();
            var ticket = HostileTickets.Of(texts);
            var card = TeamsCard.Of(new(HostileTickets.SightOf(ticket), "nonce"), []);

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
        var ticket = HostileTickets.Of([.. Enumerable.Repeat("x", 8)]);
        var method = new string('M', 300);
        foreach (var (one, missing) in new[]
        {
            (ticket, 0L),
            (ticket with { Action = ticket.Action with { Method = method } }, 180),
            (ticket with { Shown = ticket.Shown! with { Upstream = $"https://{new string('u', 292)}" } }, 60),
        })
        {
            var card = TeamsCard.Of(new(HostileTickets.SightOf(one), "nonce"), []);
            Assert.Equal(missing, card.Drawn.Missing);
            Assert.Equal(missing == 0, CardSkeleton.Strings(JsonSerializer.SerializeToElement(card.Content), "verb").Contains(CardVerbs.Approve));
        }
    }

    [Fact]
    public void The_summary_says_nothing_that_an_agent_sent()
    {
        var hostile = CardActivity.Of(TeamsCard.Of(new(HostileTickets.SightOf(HostileTickets.Of(Enumerable.Repeat("EVIL", 8).ToArray())), "nonce"), []))["summary"]!.GetValue<string>();

        Assert.Equal("Waits for approval (high risk): agent billing-bot, route payments", hostile);
    }

    private static void AssertInert(string text)
    {
        Assert.DoesNotContain("{{", text, StringComparison.Ordinal);
        Assert.DoesNotContain("${", text, StringComparison.Ordinal);
        BidiClasses.AssertNone(text);
        Assert.All(text.EnumerateRunes(), rune => Assert.True(Visible.Stands(rune) || rune.Value is '\\' or SafeText.Space, $"{rune.Value:x}"));
    }

    /// <summary>The one template that the house writes is its own deadline.</summary>
    private static bool IsHouse(string text) => text == $"Decide until {CardElements.Moment(Some.Moment + TimeSpan.FromMinutes(30))}";

    private static JsonElement CardOf(string[] texts)
    {
        var card = TeamsCard.Of(new(HostileTickets.SightOf(HostileTickets.Of(texts)), "nonce"), ["29:one"]);
        return JsonDocument.Parse(CardActivity.Of(card).ToJsonString()).RootElement.GetProperty("attachments")[0].GetProperty("content");
    }
}
