using System.Text;
using System.Text.Json;
using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Approvals.Showing;
using AiAccessProxy.Approvals.Teams.Cards;
using AiAccessProxy.Tests.Approvals.Showing;

namespace AiAccessProxy.Tests.Approvals.Teams.Cards;

/// <summary>The same hostile texts, after Microsoft's own renderer has made a page of the card, with all the Markdown that any client knows.</summary>
public class RenderedCardTests
{
    private static readonly HashSet<string> Tags = ["button", "div", "label", "option", "p", "select", "span", "textarea"];

    [Fact]
    public async Task No_text_of_an_agent_becomes_more_than_text_when_a_card_is_rendered()
    {
        var random = new Random(17);
        var cards = new List<string>();
        for (var run = 0; run < Some.Runs(150); run++)
        {
            var texts = HostileTickets.TextsOf(random);
            if (run % 10 == 9) texts[random.Next(texts.Length)] = string.Concat(Enumerable.Repeat(HostileTickets.Pieces[random.Next(HostileTickets.Pieces.Length)], random.Next(20, 400)));
            cards.Add(CardOf(texts, run % 3));
            cards.Add(CardOf(HostileTickets.Harmless(texts), run % 3));
        }

        var rendered = await CardRenderer.RenderAsync(cards);

        Assert.Equal(cards.Count, rendered.Count);
        foreach (var pair in rendered.Chunk(2))
        {
            var (hostile, plain) = (pair[0], pair[1]);
            Assert.Equal(plain.Shape, hostile.Shape);
            Assert.Equal(hostile.Runs, hostile.Text);
            Assert.Subset(Tags, hostile.Tags.ToHashSet());
            Assert.Empty(hostile.Links);
            Assert.Equal(plain.Inputs, hostile.Inputs);
            Assert.Equal(plain.Buttons, hostile.Buttons);
            Assert.Equal(plain.Clicked.Select(action => action.GetRawText()), hostile.Clicked.Select(action => action.GetRawText()));
        }

        Assert.All(rendered.Chunk(6).Select(states => states[0]), open => Assert.Contains(open.Buttons, button => button.StartsWith("Open the page", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_card_is_drawn_in_the_order_that_is_sent_whatever_directions_are_mixed()
    {
        var rendered = await CardRenderer.RenderAsync(BidiClasses.Mixed.Select(text => CardOf([.. Enumerable.Repeat(text, HostileTickets.Texts)], 0)));

        foreach (var (text, card) in BidiClasses.Mixed.Zip(rendered))
        {
            // A line that runs from left to right, and in it nothing that does not: no client has anything to turn around.
            Assert.Contains(" dir=ltr", card.Shape[..card.Shape.IndexOf('>', StringComparison.Ordinal)], StringComparison.Ordinal);
            Assert.All(card.Text, BidiClasses.AssertNone);
            // Target, field, header and twice the body.
            var sent = card.Text.Where(run => !run.Contains('…', StringComparison.Ordinal) && Encoding.UTF8.GetString(ShownText.Unescape(SafeText.Sent(run))) == text);
            Assert.True(sent.Count() >= 5, text);
        }
    }

    [Fact]
    public async Task The_renderer_makes_links_and_dates_of_texts_that_are_not_made_safe()
    {
        var rendered = Assert.Single(await CardRenderer.RenderAsync(
        [
            """{"type":"AdaptiveCard","version":"1.5","body":[{"type":"TextBlock","text":"[x](https://evil.test) {{DATE(2026-01-01T00:00:00Z,LONG)}}"},{"type":"RichTextBlock","inlines":[{"type":"TextRun","text":"{{DATE(2026-01-01T00:00:00Z,LONG)}}"}]}]}""",
        ]));

        Assert.Contains("https://evil.test", Assert.Single(rendered.Links), StringComparison.Ordinal);
        Assert.NotEqual(rendered.Runs, rendered.Text);
    }

    /// <param name="state">0: for everybody, 1: what one viewer is answered with, 2: after the end.</param>
    private static string CardOf(string[] texts, int state)
    {
        var ticket = HostileTickets.Of(texts);
        if (state == 2) ticket = Assert.IsType<Moved.To>(TicketMoves.Cancel(ticket, Some.Moment, texts[3])).Next with { Shown = null };
        var sight = HostileTickets.SightOf(ticket);
        var card = state == 1
            ? TeamsCard.Of(new(sight with { Viewer = "grace" }, "nonce"), ["29:one"], new CardNotice("Nothing was done.", IsGood: false, Confirms: true, "typed"))
            : TeamsCard.Of(new(sight, "nonce"), ["29:one"]);
        return JsonSerializer.Serialize(card.Content);
    }
}
