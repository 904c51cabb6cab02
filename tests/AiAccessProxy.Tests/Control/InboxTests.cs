using AiAccessProxy.Control.Pages;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Policies;
using AngleSharp.Html.Parser;

namespace AiAccessProxy.Tests.Control;

public class InboxTests
{
    [Fact]
    public async Task What_waits_for_the_person_comes_first_and_the_worst_of_it_on_top()
    {
        await using var console = await Console.StartAsync();
        var high = await console.OpenAsync(Some.Privileged(Some.Action("DELETE", "/v1/high")));
        var critical = await console.OpenAsync(
            Some.Privileged(Some.Action("DELETE", "/v1/critical"), Some.NeedsApproval(Some.Requirement(Risk.Critical))));
        var others = await console.OpenAsync(Some.Privileged(
            Some.Action("DELETE", "/v1/others"), Some.NeedsApproval(Some.Requirement(Risk.Critical, new Need(1, ["group:security"])))));
        var decided = await console.OpenAsync(Some.Privileged(Some.Action("DELETE", "/v1/decided")));
        using var grace = await console.VisitAsync("grace");
        using (await grace.SubmitAsync($"/tickets/{decided.Id}", "approve")) { }

        var page = await grace.PageAsync("/");

        Assert.Equal("(2) Pending · AI access", page.Title);
        Assert.Equal(
            ["Waiting for you 2", "Waiting for others 1", "Decided, not over yet 1"], page.QuerySelectorAll("#inbox h2").Select(title => title.TextContent));
        Assert.Equal(
            [critical.Id.Value, high.Id.Value, others.Id.Value, decided.Id.Value],
            page.QuerySelectorAll("li[data-ticket]").Select(row => row.GetAttribute("data-ticket")));
    }

    [Fact]
    public void An_agent_that_goes_wild_does_not_make_the_page_endless()
    {
        var viewer = new Viewer(Some.Person("grace"), "key:laptop", null);

        var page = new HtmlParser().ParseDocument(
            InboxPage.Of(viewer, [.. Enumerable.Range(0, 250).Select(_ => Some.Ticket())], Console.Snapshot, DateTimeOffset.UnixEpoch, InboxFilter.None).ToString());

        Assert.Equal(200, page.QuerySelectorAll("li[data-ticket]").Length);
        Assert.Contains("And 50 more", page.QuerySelector("#inbox .hint")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "no time")]
    [InlineData(-5, "no time")]
    [InlineData(59.9, "59 s")]
    [InlineData(60, "1 min 0 s")]
    [InlineData(599, "9 min 59 s")]
    [InlineData(600, "10 min")]
    [InlineData(3_599, "59 min")]
    [InlineData(3_660, "1 h 1 min")]
    [InlineData(90_000, "1 d 1 h")]
    public void Time_left_is_rounded_down(double seconds, string words) => Assert.Equal(words, Moment.InWords(TimeSpan.FromSeconds(seconds)));
}
