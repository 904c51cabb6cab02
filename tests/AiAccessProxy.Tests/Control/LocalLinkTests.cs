using System.Net;
using AiAccessProxy.Approvals;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Ledger;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Control;

public class LocalLinkTests
{
    [Fact]
    public async Task The_link_signs_its_person_in_once()
    {
        await using var console = await Console.StartAsync(("control:local", "grace"));
        var link = console.Of<LocalLink>().Make(console.Address);
        using var first = console.Visit();
        using var second = console.Visit();

        using var used = await first.GetAsync(link.PathAndQuery);
        using var again = await second.GetAsync(link.PathAndQuery);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (used.StatusCode, again.StatusCode));
        Assert.Null(second.Cookie);
        Assert.Contains("unverified", (await first.PageAsync("/")).QuerySelector(".strip")!.TextContent, StringComparison.Ordinal);
        var record = Assert.Single(await console.RecordsAsync(), record => record.Kind == RecordKind.PersonSignedIn);
        Assert.Equal(new RecordedReviewer("grace", "console", "local"), record.Reviewer);
    }

    [Fact]
    public async Task Of_many_who_use_it_at_once_one_gets_in()
    {
        await using var console = await Console.StartAsync(("control:local", "grace"));
        var link = console.Of<LocalLink>().Make(console.Address);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var visitor = console.Visit();
            using var answer = await visitor.GetAsync(link.PathAndQuery);
            return answer.StatusCode;
        }));

        Assert.Single(answers, HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_link_is_void_after_five_minutes_and_when_another_was_made()
    {
        await using var console = await Console.StartAsync(("control:local", "grace"));
        using var visitor = console.Visit();
        var first = console.Of<LocalLink>().Make(console.Address);
        var second = console.Of<LocalLink>().Make(console.Address);

        using (var answer = await visitor.GetAsync(first.PathAndQuery)) Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        console.Time.Advance(LocalLink.Lasts);
        using (var answer = await visitor.GetAsync(second.PathAndQuery)) Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("/sign-in/local")]
    [InlineData("/sign-in/local?code=")]
    [InlineData("/sign-in/local?code=guess")]
    public async Task Nothing_but_the_link_itself_is_the_link(string path)
    {
        await using var console = await Console.StartAsync(("control:local", "grace"));
        using var visitor = console.Visit();
        using (var early = await visitor.GetAsync(path)) Assert.Equal(HttpStatusCode.Forbidden, early.StatusCode);
        console.Of<LocalLink>().Make(console.Address);

        using var answer = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_link_whose_sign_in_could_not_be_recorded_can_be_used_afterwards()
    {
        await using var console = await Console.StartAsync(("control:local", "grace"));
        var link = console.Of<LocalLink>().Make(console.Address);
        using var visitor = console.Visit();
        console.Ledger.CannotWrite = true;
        using (var refused = await visitor.GetAsync(link.PathAndQuery)) Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);

        console.Ledger.CannotWrite = false;
        using var answer = await visitor.GetAsync(link.PathAndQuery);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_vote_by_the_link_is_marked_unverified_in_the_ledger_and_on_the_page()
    {
        await using var console = await Console.StartAsync(("control:local", "grace"));
        var ticket = await console.OpenAsync();
        using var grace = console.Visit();
        using (await grace.GetAsync(console.Of<LocalLink>().Make(console.Address).PathAndQuery)) { }

        using (await grace.SubmitAsync($"/tickets/{ticket.Id}", "approve")) { }

        Assert.Equal("local", Assert.Single(await console.RecordsAsync(), record => record.Kind == RecordKind.VoteApprove).Reviewer!.Authenticated);
        Assert.Equal(TicketStatus.Approved, (await console.Desk.FindAsync(ticket.Id, TestContext.Current.CancellationToken))!.Status);
        Assert.Contains("unverified", (await grace.PageAsync($"/tickets/{ticket.Id}")).QuerySelector("[data-vote='grace']")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("control:url", "http://0.0.0.0:8081")]
    [InlineData("control:url", "http://10.0.0.5:8081")]
    [InlineData("control:publicUrl", "https://approvals.example.com")]
    public async Task The_start_is_refused_when_the_link_could_be_used_from_elsewhere(string setting, string value)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => Console.StartAsync(("control:local", "grace"), (setting, value)));
        Assert.Contains("loopback", Assert.Single(refused.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_start_is_refused_when_the_link_is_for_nobody_known()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => Console.StartAsync(("control:local", "mallory")));
        Assert.Contains("mallory", Assert.Single(refused.Failures), StringComparison.Ordinal);
    }
}
