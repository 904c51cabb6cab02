using AiAccessProxy.Commands.Tickets;
using AiAccessProxy.Tests.Approvals.Showing;

namespace AiAccessProxy.Tests.Commands;

public class TicketTextTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_page_says_how_long_there_is_and_until_when() =>
        Assert.Contains("decide by   in 30 min (2026-11-21 12:30:00Z)", TicketText.Page(SomeTicketJson.With(), Noon));

    [Fact]
    public void A_line_says_which_ticket_how_risky_who_what_and_until_when() => Assert.Equal(
        "t_0198  pending    high      report-bot for joan: POST /v1/exports?all on cloud (data.export) | Export all | 0 of 1 | decide by 2026-11-21 12:30:00Z",
        TicketText.Line(SomeTicketJson.With("all")));

    [Fact]
    public void A_page_leaves_nothing_out_of_what_would_be_sent()
    {
        var page = TicketText.Page(SomeTicketJson.With() with { MayDiffer = ["user-agent", "x-b3-*"] }, Noon).ToList();

        Assert.Equal(
            [
                "what would be sent:",
                "  method",
                "    POST",
                "  header x-note",
                "    the report needs it",
                "  body",
                "    {",
                "    \"a\\\\b\": [body.card: 16 bytes redacted, sha256 ab12]the report needs it}",
                "  credential cloud-admin, added by the proxy",
                "  headers made by the proxy: host",
                "  7 bytes are not shown, so nobody can approve this",
                "  may differ in the identical call that is sent: user-agent, x-b3-*",
            ],
            page.SkipWhile(line => line != "what would be sent:"));
        foreach (var known in new[] { "owned by ada", "export: body.table is", "reason: \"the report", "t_0197", "grace: approve", "0 of 1", "cannot be shown" })
            Assert.Contains(page, line => line.Contains(known, StringComparison.Ordinal));
    }

    [Fact]
    public void A_body_that_is_shown_decompressed_is_said_to_be_sent_otherwise()
    {
        var plain = SomeTicketJson.With();
        var ticket = plain with { Shown = plain.Shown! with { Parts = [.. plain.Shown!.Parts.Select(part => part.Kind == "body" ? part with { Sent = new("br", 7, 70) } : part)] } };
        Assert.Contains("  body, sent compressed (br, 7 bytes), shown as decompressed (70 bytes)", TicketText.Page(ticket, Noon));
    }

    [Fact]
    public void Nothing_that_an_agent_says_moves_the_terminal_or_makes_a_line_of_its_own()
    {
        const string Hostile = "{\"\u05d0\":1000,\"\u05d1\":5}\u001b[2J\r\napproved\u202e\u009b\u200b";
        var plain = TicketText.Page(SomeTicketJson.With(), Noon).ToList();
        var hostile = TicketText.Page(SomeTicketJson.With(Hostile), Noon).Append(TicketText.Line(SomeTicketJson.With(Hostile))).ToList();

        Assert.All(hostile, line => Assert.DoesNotContain(line, character => char.IsControl(character) || character is '\u202e' or '\u200b'));
        Assert.All(hostile, BidiClasses.AssertNone);
        Assert.Contains(hostile, line => line.Contains(@"{""\u{5d0}"":1000,""\u{5d1}"":5}", StringComparison.Ordinal));
        // The two shown parts hold one line feed each, which stands for itself there, indented.
        Assert.Equal(plain.Count + 2 + 1, hostile.Count);
        Assert.DoesNotContain(hostile, line => line.StartsWith("approved", StringComparison.Ordinal));
    }
}
