using AiAccessProxy.Actions;
using AiAccessProxy.Agents;
using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Showing;
using AiAccessProxy.Control;
using AiAccessProxy.Control.Api.Shapes;
using AiAccessProxy.Control.Pages;
using AiAccessProxy.Control.Pages.Operating;
using AiAccessProxy.Control.Pages.Parties;
using AiAccessProxy.Control.Pages.Rulebook;
using AiAccessProxy.Control.Pages.Searching;
using AiAccessProxy.Control.Reading;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Control.SignIn.Oidc;
using AiAccessProxy.Control.Stories;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Control;

/// <summary>Text that agents, reviewers and policies write comes out as text: it makes no element, no attribute, no script, and hides nothing.</summary>
public class HostileTextTests
{
    private static readonly string[] Attacks =
    [
        "<script>alert(1)</script>", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>",
        "\" onmouseover=\"alert(1)", "' onfocus='alert(1)' autofocus='", "</pre></section></article><form id=approve action=//evil.example><button>Approve</button></form>",
        "</q></dd></dl><aside><form id=\"approve\"></form></aside>", "</textarea><script>alert(1)</script>", "--><script>alert(1)</script><!--",
        "<!--", "<style>*{display:none}</style>", "<base href=//evil.example>", "<meta http-equiv=refresh content='0;url=//evil.example'>", "&lt;script&gt;&#60;",
        "javascript:alert(1)", "a\nApproved by Grace\n\nb", "a\r\nX: y", "evil\u202egnp.exe\u202c", "a\u2066b\u2069", "a\u200bb\u200d\ufeffc", "\U000e0041\U000e007f",
        "\0\u0001\u001b[31m\u007f\u0085", "\u2028\u2029", "{{constructor}}${7*7}", "\ud800", "A\u0301\u0301\u0301\u0301\u0301\u0301",
    ];

    public static TheoryData<string> Each => [.. Attacks];

    [Theory]
    [MemberData(nameof(Each))]
    public void On_a_tickets_page_it_stays_text(string attack) => Check(attack, text =>
        TicketPage.Of(new(Hostile(text), Viewer(text), Rules, Now) { Story = StoryOf(text), Notice = ControlProblem.BadRequest(text), Typed = text }));

    [Theory]
    [MemberData(nameof(Each))]
    public void On_an_ended_tickets_page_it_stays_text(string attack) => Check(attack, text =>
        TicketPage.Of(new(Hostile(text) with { Status = TicketStatus.Denied, Shown = null, Ended = Now, EndedBecause = text }, Viewer(text), Rules, Now)));

    [Theory]
    [MemberData(nameof(Each))]
    public void In_the_list_of_what_is_pending_it_stays_text(string attack) => Check(attack, text => InboxPage.Of(Viewer(text), [Hostile(text)], Rules, Now, InboxFilter.None with { Text = text, Agent = text }));

    [Theory]
    [MemberData(nameof(Each))]
    public void In_the_history_it_stays_text(string attack) => Check(attack, text => HistoryPage.Of(Viewer(text), [StoryOf(text)], Rules.People, Now));

    [Theory]
    [MemberData(nameof(Each))]
    public void In_the_ledger_it_stays_text(string attack) => Check(attack, text => RecordsPage.Of(
        Viewer(text),
        new(new() { Text = text }, new(7), [text]) { Asked = RecordSearch.Names.ToDictionary(name => name, _ => text) },
        new([.. StoryOf(text).Records.Select(record => new AiAccessProxy.Ledger.Entry(new(3), Now, record with { Trace = text, Claims = new Dictionary<string, string> { [text] = text } }, default))], new(2), Now),
        Rules, Now));

    [Theory]
    [MemberData(nameof(Each))]
    public void On_the_pages_of_agents_and_of_the_program_it_stays_text(string attack)
    {
        Check(attack, text => AgentsPage.Of(Viewer(text), [AgentOf(text)], Rules.People, Now));
        Check(attack, text => AgentPage.Of(new(AgentOf(text), Viewer(text), Rules, Now) { Notice = ControlProblem.BadRequest(text), Typed = text }));
        Check(attack, text => PolicyPage.Of(Viewer(text), Rules, new(Now, [new(text, 1, text, text, text, text)]), new Today(TimeProvider.System), Now));
        Check(attack, text => HealthPage.Of(Viewer(text), [new(text, false, text) { ToDo = text, More = [text] }], Now));
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void On_the_pages_for_everybody_it_stays_text(string attack)
    {
        Check(attack, text => ProblemPage.Of(ControlProblem.BadRequest(text), Viewer(text)));
        Check(attack, text => new SignInPage(Options.Create(new OidcOptions { Issuer = "https://login.example.com", ClientId = "c", Name = text })).Of(text, ControlProblem.BadRequest(text)));
    }

    /// <summary>The page has the same elements and attributes as with harmless text, and shows no character that cannot be seen.</summary>
    private static void Check(string attack, Func<string, Html> page)
    {
        var (harmless, hostile) = (Parse(page("harmless")), Parse(page(attack)));

        Assert.Equal(Skeleton(harmless), Skeleton(hostile));
        Assert.DoesNotContain(hostile.DocumentElement.TextContent.EnumerateRunes(), rune => rune.Value is not ('\n' or '\\') && !Visible.Stands(rune));
        Assert.All(
            hostile.All.SelectMany(element => element.Attributes).SelectMany(attribute => attribute.Value.EnumerateRunes()),
            rune => Assert.True(rune.Value is '\n' or '\\' || Visible.Stands(rune)));
        Assert.Empty(hostile.QuerySelectorAll("script:not([src='/assets/app.js']), style, base, [onerror], [onload]"));
        Assert.All(hostile.QuerySelectorAll("a[href]"), link => Assert.Matches("^(/([^/]|$)|#)", link.GetAttribute("href")));
    }

    /// <summary>Marks of escapes aside, which depend on the text by their nature.</summary>
    private static List<string> Skeleton(IHtmlDocument page) =>
    [.. page.All.Where(element => element.ClassName != "escape" && element.Closest(".hint") is null)
        .Select(element => $"{element.ParentElement?.LocalName}>{element.LocalName} {string.Join(' ', element.Attributes.Select(attribute => attribute.Name))}")];

    private static IHtmlDocument Parse(Html page) => new HtmlParser().ParseDocument(page.ToString());

    private static DateTimeOffset Now => new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    private static PolicySnapshot Rules => Console.Snapshot;

    private static Viewer Viewer(string text) => new(Some.Person("grace", null, text), text, new("grace", text, new SessionProof.Link(), text, 0));

    private static Ticket Hostile(string text)
    {
        var action = new BoundAction(
            new Caller(new Agent(text, text, []), text, text), text,
            new(new("POST", new(text, [], []), [new("X-A", text)], Claims.None), Some.Body(System.Text.Encoding.UTF8.GetBytes(text))),
            Some.Upstream(), new UpstreamCredential(text, "Authorization", "secret"), new("00"));
        return new()
        {
            Id = new($"t_{new string('0', 32)}"),
            Status = TicketStatus.Pending,
            Agent = new(text, text, text, text),
            Action = new() { Name = text, Risk = text, Route = text, Method = text, Target = text, BodySha256 = text, BodyBytes = 3 },
            IdempotencyKey = text,
            Risk = Risk.Critical,
            Summary = [text, text],
            Rules = [new(text, [text], true)],
            Needs = [new(2, ["group:finance", $"person:{text}", text])],
            Claims = new Dictionary<string, string> { [text] = text },
            Controls = [text],
            Policy = text,
            Fingerprint = text,
            Trace = text,
            Opened = Now,
            DecideBy = Now + TimeSpan.FromMinutes(30),
            UseWithin = TimeSpan.FromMinutes(10),
            Votes = [new(text, true, text, Now, text, text)],
            Earlier = [new(text, Now, TicketStatus.Executed, 200)],
            Shown = CallShowing.Of(action, Some.NeedsApproval()) with
            {
                Parts = [new("header", "X-A", [new ShownSpan.Text(ShownText.Escape(System.Text.Encoding.UTF8.GetBytes(text), false)), new ShownSpan.Redacted(text, 3, text)])],
                HiddenBytes = 0,
            },
        };
    }

    private static AgentJson AgentOf(string text) => new(
        text, text, [text], new(text, Now, text), [new(text, KeyOrigin.Issued, true, text, text, Now, text, text, Now, Now)],
        new(1, 1, 1, 1, 1, Now), 1, true, true);

    private static Story StoryOf(string text) => new(text,
    [
        .. new[]
        {
            RecordKind.TicketOpened, RecordKind.VoteApprove, RecordKind.VoteRefused, RecordKind.Refused, RecordKind.CallFailed, RecordKind.CallUnknown,
            RecordKind.TicketDenied,
        }.Select(kind => Some.Record(kind, text, text) with
        {
            Agent = new(text, text, text, text),
            Action = new() { Name = text, Risk = text, Route = text, Method = text, Target = text },
            Reviewer = new(text, text, text),
            Outcome = new(200, 1, 1, Why: text),
        }),
    ]);
}
