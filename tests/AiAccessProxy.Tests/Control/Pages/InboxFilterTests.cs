using AiAccessProxy.Control.Pages;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Control.Pages;

public class InboxFilterTests
{
    [Theory]
    [InlineData("", "high critical security")]
    [InlineData("risk=critical", "critical security")]
    [InlineData("mine=yes", "high critical")]
    [InlineData("mine=yes&risk=critical", "critical")]
    [InlineData("text=SECUR", "security")]
    [InlineData("agent=billing-bot", "high critical security")]
    [InlineData("agent=other-bot", "")]
    [InlineData("route=payments", "high critical security")]
    [InlineData("state=approved", "")]
    [InlineData("state=pending&route=nowhere", "")]
    public async Task Only_what_is_asked_for_is_listed(string query, string expected)
    {
        await using var console = await Console.StartAsync();
        await console.OpenAsync(Some.Privileged(Some.Action("DELETE", "/v1/high")));
        await console.OpenAsync(Some.Privileged(Some.Action("DELETE", "/v1/critical"), Some.NeedsApproval(Some.Requirement(Risk.Critical))));
        await console.OpenAsync(Some.Privileged(
            Some.Action("DELETE", "/v1/security"), Some.NeedsApproval(Some.Requirement(Risk.Critical, new Need(1, ["group:security"])))));
        using var grace = await console.VisitAsync("grace");

        var page = await grace.PageAsync($"/?{query}");

        Assert.Equal(
            expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(),
            page.QuerySelectorAll("li[data-ticket] .line code:last-child").Select(target => target.TextContent.Split('/')[^1]).Order());
        Assert.Equal(expected.Length == 0, page.QuerySelector(".empty a[href='/']") is not null);
    }

    [Theory]
    [InlineData(-5, "just now")]
    [InlineData(5, "in a moment")]
    [InlineData(-60, "1 min ago")]
    [InlineData(-3_599, "59 min ago")]
    [InlineData(-3_600, "1 h ago")]
    [InlineData(-172_799, "47 h ago")]
    [InlineData(-172_800, "2 d ago")]
    [InlineData(90_000, "in 25 h")]
    public void How_long_ago_is_said_coarsely(double seconds, string words) => Assert.Equal(words, Moment.Relative(TimeSpan.FromSeconds(seconds)));
}
