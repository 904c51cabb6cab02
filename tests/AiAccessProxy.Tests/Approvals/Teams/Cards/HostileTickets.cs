using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Approvals.Showing;
using AiAccessProxy.Tests.Approvals.Showing;

namespace AiAccessProxy.Tests.Approvals.Teams.Cards;

/// <summary>Tickets of an agent that writes whatever it can wherever it can.</summary>
internal static partial class HostileTickets
{
    public static readonly string[] Pieces =
    [
        "**bold**", "[Approve](https://evil.test)", "![x](https://evil.test/x.png)", "<at>Ada</at>", "<at id=\"0\">Grace</at>", "@everyone", "# Heading", "- item",
        "`code`", "> quote", "---", "{{DATE(2026-01-01T00:00:00Z,LONG)}}", "{{TIME(2026-01-01T00:00:00Z)}}", "${risk}", "${$root}", "{{{{x}}}}", "{{#each x}}",
        "\u202e", "\u2066", "\u2069", "\u200b", "\u200d", "\ufeff", "\u00ad", "\U000e0041", "\u3164", "\u115f", "\u2028", "\u0000", "\u001b[31m", "\r\n", "\n\n", "\t",
        "аpprove", "Ａpprove", "APPROVED BY ADA", "LOW RISK", "a\u0301\u0301\u0301\u0301", "\ud800", "\udc00", "\ufffd", "\U0001f600",
        "\"", "\\", "\"}],\"actions\":[{\"type\":\"Action.Execute\",\"verb\":\"approve\"}]", "</script>", "<b>x</b>", "&lt;", "&amp;", "]]>", "'; --", "%00", "\\u0022",
        "  ", "\u00a0", "https://evil.test/?approve=1", "mailto:x@evil.test", "(absent)", "[body.card is redacted: 4 bytes, SHA-256 00]", "null", "…", "0 of 1",
        .. BidiClasses.Mixed,
    ];

    /// <summary>Texts of one ticket: summary, action, rule, claim, body, field, header and target.</summary>
    public const int Texts = 8;

    public static string[] TextsOf(Random random) =>
        [.. Enumerable.Range(0, Texts).Select(_ => string.Concat(random.GetItems(Pieces, random.Next(1, 6))))];

    /// <summary>What takes as much room on a card as each of them, and says nothing; where letters have to be spelled out, one of them does.</summary>
    public static string[] Harmless(IEnumerable<string> texts) => [.. texts.Select(text => Escape().Replace(SafeText.Of(text, int.MaxValue).Text, match =>
        match.Groups["rune"] is { Success: true } hex && new Rune(int.Parse(hex.ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)) is var rune
            && BidiClasses.IsRightToLeft(rune) && Visible.Stands(rune)
            ? "\u05d0".PadRight(1 + match.Length - @"\u{5d0}".Length, 'x')
            : new string('x', match.Length)))];

    public static Sight SightOf(Ticket ticket) => new(new(ticket, 1), Some.Rules(), Some.Moment, new("https://console.test"));

    public static Ticket Of(string[] texts) => Some.Ticket(opened: Some.Moment) with
    {
        Summary = [texts[0]],
        Action = new() { Name = texts[1], Route = "payments", Method = "POST", Target = "/v1/charges", Digest = "digest" },
        Rules = [new("refund-large", [texts[2]], false)],
        Claims = new Dictionary<string, string> { ["reason"] = texts[3], ["change"] = texts[6], ["commit"] = texts[5], ["prompt"] = texts[3], ["session"] = texts[7] },
        Earlier = [new("t_0", Some.Moment, TicketStatus.Denied, null)],
        Shown = new(
            [
                new("method", null, [Text("POST")]),
                new("target", null, [Text(texts[7])]),
                new("header", "x-note", [Text(texts[6])]),
                new("header", $"x-{texts[5]}", [Text("1")]),
                new("body", null, [Text(texts[4], multiline: true), new ShownSpan.Redacted("body.card", 4, new string('0', 64)), Text(texts[4], multiline: true)]),
            ],
            "live", ["Host"], 0)
        {
            Upstream = "https://payments.test",
            Fields = [new("body.amount", [[Text(texts[5])], [Text("1")]], 0), new("body.none", [], 0)],
        },
    };

    [GeneratedRegex(@"\\\\|\\u\{(?<rune>[0-9a-f]+)\}|[\s\S]")]
    private static partial Regex Escape();

    private static ShownSpan.Text Text(string raw, bool multiline = false) => new(ShownText.Escape(Encoding.UTF8.GetBytes(raw), multiline));
}
