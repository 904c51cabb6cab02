using AiAccessProxy.Ledger;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace AiAccessProxy.Tests.Control.Pages;

public class LedgerPageTests
{
    private static readonly string Ticket = $"t_{new string('0', 32)}";

    [Theory]
    [InlineData("agent=ben", "ben.one ben.two")]
    [InlineData("agent=ben&text=TWO", "ben.two")]
    [InlineData("kind=ticket.*", "opened denied")]
    [InlineData("kind=decided&decision=deny", "ben.two")]
    [InlineData("rule=r2", "ben.two")]
    [InlineData("route=wiki", "opened")]
    [InlineData("ticket=t_00000000000000000000000000000000", "opened denied")]
    [InlineData("person=grace", "denied")]
    [InlineData("trace=abc", "ben.one")]
    [InlineData("text=nothing-like-this", "")]
    [InlineData("since=2000-01-01T00:00&kind=decided", "ben.one ben.two")]
    [InlineData("until=2000-01-01T00:00", "")]
    public async Task It_is_searched_by_everything_that_a_record_says(string query, string found)
    {
        await using var console = await Console.StartAsync();
        await FillAsync(console);
        using var grace = await console.VisitAsync("grace");

        var page = await grace.PageAsync($"/ledger?{query}");

        Assert.Equal(found.Split(' ', StringSplitOptions.RemoveEmptyEntries).Reverse(), Details(page));
        Assert.Equal(found.Length == 0, page.QuerySelector(".empty") is not null);
    }

    [Fact]
    public async Task A_record_leads_to_its_ticket_and_to_its_trace()
    {
        await using var console = await Console.StartAsync();
        await FillAsync(console);
        using var grace = await console.VisitAsync("grace");

        var page = await grace.PageAsync("/ledger");

        Assert.Equal($"/tickets/{Ticket}", page.QuerySelector("li[data-kind='ticket.denied'] [data-to-ticket]")!.GetAttribute("href"));
        Assert.Equal("/ledger?trace=abc", page.QuerySelector("[data-to-trace]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Older_records_are_on_further_pages_each_once_whatever_is_recorded_meanwhile()
    {
        await using var console = await Console.StartAsync();
        foreach (var i in Enumerable.Range(0, 120)) await AppendAsync(console, Some.Record(detail: $"n{i}"));
        using var grace = await console.VisitAsync("grace");

        var seen = new List<string>();
        for (var path = "/ledger?kind=decided"; path is not null;)
        {
            var page = await grace.PageAsync(path);
            seen.AddRange(Details(page));
            path = page.QuerySelector(".pages a")?.GetAttribute("href");
            await AppendAsync(console, Some.Record(detail: "later"));
        }

        Assert.Equal(Enumerable.Range(0, 120).Reverse().Select(i => $"n{i}"), seen);
    }

    [Fact]
    public async Task A_time_that_is_none_is_said_and_not_asked_for()
    {
        await using var console = await Console.StartAsync();
        await FillAsync(console);
        using var grace = await console.VisitAsync("grace");

        var page = await grace.PageAsync("/ledger?kind=decided&until=yesterday");

        Assert.Contains("“to” was not understood", page.QuerySelector(".notice.bad")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, Details(page).Count);
    }

    private static List<string> Details(IHtmlDocument page) =>
        [.. page.QuerySelectorAll(".records > li").Select(row => row.QuerySelector(".detail")?.Text() ?? "").Where(text => text.Length > 0)];

    private static async Task FillAsync(Console console)
    {
        var action = new RecordedAction { Route = "api", Method = "GET", Target = "/x" };
        await AppendAsync(console, Some.Record(detail: "ben.one") with { Agent = new("ben", "ada", null, "key:k"), Action = action, Decision = "allow", Trace = "abc" });
        await AppendAsync(console, Some.Record(detail: "ben.two") with { Agent = new("ben", "ada", null, "key:k"), Action = action, Decision = "deny", Rules = ["r2"] });
        await AppendAsync(console, Some.Record(RecordKind.TicketOpened, Ticket, "opened") with { Action = action with { Route = "wiki" } });
        await AppendAsync(console, Some.Record(RecordKind.TicketDenied, Ticket, "denied") with { Reviewer = new("grace", "api", "key:k") });
    }

    private static async Task AppendAsync(Console console, LedgerRecord record) =>
        await console.Ledger.AppendAsync(record, TestContext.Current.CancellationToken);
}
