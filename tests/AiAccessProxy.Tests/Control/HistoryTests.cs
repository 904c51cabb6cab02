using AiAccessProxy.Approvals;
using AiAccessProxy.Control;
using AiAccessProxy.Control.Reading;
using AiAccessProxy.Control.Stories;
using AiAccessProxy.Ledger;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Control;

public class HistoryTests
{
    [Fact]
    public async Task Ended_tickets_are_listed_the_last_first_and_live_ones_are_not()
    {
        await using var console = await Console.StartAsync();
        var first = await console.OpenAsync(Some.Privileged(Some.Action("DELETE", "/v1/a")));
        var second = await console.OpenAsync(Some.Privileged(Some.Action("DELETE", "/v1/b")));
        await console.OpenAsync(Some.Privileged(Some.Action("DELETE", "/v1/c")));
        using var grace = await console.VisitAsync("grace");
        Assert.NotNull((await grace.PageAsync("/history")).QuerySelector(".empty"));

        foreach (var ticket in new[] { first, second })
            using (await grace.SubmitAsync($"/tickets/{ticket.Id}", "deny", ("reason", "no"))) { }

        var rows = (await grace.PageAsync("/history")).QuerySelectorAll("li[data-ticket]");
        Assert.Equal([second.Id.Value, first.Id.Value], rows.Select(row => row.GetAttribute("data-ticket")));
        Assert.All(rows, row => Assert.Equal(RecordKind.TicketDenied, row.GetAttribute("data-outcome")));
        Assert.All(rows, row => Assert.Contains("denied by Grace", row.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_empty_inbox_says_what_will_happen()
    {
        await using var console = await Console.StartAsync();
        using var grace = await console.VisitAsync("grace");

        Assert.Contains("appears here by itself", (await grace.PageAsync("/")).QuerySelector(".empty")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_book_is_the_same_whether_it_read_along_or_is_rebuilt_and_it_is_bounded()
    {
        using var ledger = await Some.OpenLedgerAsync(TimeProvider.System);
        using var along = Book(ledger);
        foreach (var i in Enumerable.Range(0, 12))
        {
            await AppendAsync(ledger, RecordKind.TicketOpened, $"t{i}");
            await AppendAsync(ledger, RecordKind.VoteRefused, $"t{i}");
            if (i != 7) await AppendAsync(ledger, i % 2 == 0 ? RecordKind.TicketDenied : RecordKind.CallExecuted, $"t{i}");
            await along.CatchUpAsync(TestContext.Current.CancellationToken);
        }

        using var rebuilt = Book(ledger);
        await rebuilt.CatchUpAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["t11", "t10", "t9", "t8", "t6"], along.Stories.Ended.Select(story => story.Ticket));
        Assert.Equal(along.Stories.Ended.Select(story => (story.Ticket, story.Records.Count)), rebuilt.Stories.Ended.Select(story => (story.Ticket, story.Records.Count)));
        Assert.Null(along.Stories.Find("t0"));
        Assert.Null(along.Stories.Find("t7")!.Ending);
    }

    [Fact]
    public async Task Refusals_without_end_and_tickets_that_never_were_do_not_fill_the_book()
    {
        using var ledger = await Some.OpenLedgerAsync(TimeProvider.System);
        using var book = Book(ledger);
        await AppendAsync(ledger, RecordKind.TicketOpened, "t1");
        foreach (var _ in Enumerable.Range(0, 300)) await AppendAsync(ledger, RecordKind.VoteRefused, "t1");
        await AppendAsync(ledger, RecordKind.VoteRefused, "never-was");
        await AppendAsync(ledger, RecordKind.TicketDenied, "t1");

        await book.CatchUpAsync(TestContext.Current.CancellationToken);

        Assert.Equal(52, book.Stories.Find("t1")!.Records.Count);
        Assert.Null(book.Stories.Find("never-was"));
    }

    private static LedgerReading Book(ILedger ledger) =>
        new(ledger, new StoryBook(Options.Create(new ControlOptions { HistoryTickets = 5 })), new Today(new ManualTime()), new EventTape());

    private static async Task AppendAsync(ILedger ledger, string kind, string ticket) =>
        await ledger.AppendAsync(Some.Record(kind, ticket), TestContext.Current.CancellationToken);
}
