using System.Net;
using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Approvals;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Control;

public class TicketPageTests
{
    [Fact]
    public async Task A_ticket_says_who_what_why_and_what_the_agent_claims()
    {
        await using var console = await Console.StartAsync();
        var action = Some.Action("POST", "/v1/charges/ch_1/refunds?force=1", Some.Body("""{"amount":20000}"""), new HeaderField("X-Env", "prod"));
        var ticket = await console.OpenAsync(Some.Privileged(
            action with { Head = action.Head with { Claims = new("customer asked twice", null, null, null, null) } },
            Some.NeedsApproval(rules: [new("large", ["body.amount is 20000, greater than 10000"], false), new("odd", ["body.kind could not be told"], true)]),
            Some.Caller(onBehalfOf: "lin")));
        using var grace = await console.VisitAsync("grace");

        var page = await grace.PageAsync($"/tickets/{ticket.Id}");
        string Text(string selector) => page.QuerySelector(selector)?.TextContent ?? throw new InvalidOperationException(selector);

        Assert.Equal("billing-bot", Text("[data-part=agent]"));
        Assert.Equal("Ada (ada)", Text("[data-part=owner]"));
        Assert.Equal("Lin (lin)", Text("[data-part=on-behalf-of]"));
        Assert.Equal("POST", Text("[data-part=method]"));
        Assert.Equal("/v1/charges/ch_1/refunds?force=1", Text("[data-part=target]"));
        Assert.Equal("prod", Text("[data-part=header][data-name='X-Env']"));
        Assert.Equal("""{"amount":20000}""", Text("[data-part=body]"));
        Assert.Equal("https://payments.test", Text("[data-part=upstream]"));
        Assert.Equal("Host, Content-Length, traceparent, Authorization", Text("[data-proxy-headers]"));
        Assert.Equal("live", Text("[data-credential]"));
        Assert.Equal("customer asked twice", Text("[data-claim=reason]"));
        Assert.Contains("body.amount is 20000, greater than 10000", Text("[data-rule=large]"), StringComparison.Ordinal);
        Assert.Contains("could not be told", Text("[data-rule=odd] .mark"), StringComparison.Ordinal);
        Assert.Contains("High risk", Text(".badges"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("0 of 1, still needs 1 from finance", Text("aside"), StringComparison.Ordinal);
        Assert.Equal("30 min left", Text("aside .left").Replace("29 min", "30 min", StringComparison.Ordinal));
        Assert.Contains("Opened by agent billing-bot", Text(".timeline"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ada", "somebody else")]
    [InlineData("joan", "not among the reviewers")]
    public async Task Who_may_not_decide_reads_why_and_finds_no_buttons(string person, string why)
    {
        await using var console = await Console.StartAsync();
        var ticket = await console.OpenAsync();
        using var visitor = await console.VisitAsync(person);

        var page = await visitor.PageAsync($"/tickets/{ticket.Id}");

        Assert.Contains(why, page.QuerySelector("[data-why-not]")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("main form, main button"));
    }

    [Fact]
    public async Task A_vote_that_was_forced_without_a_button_is_refused_and_on_record()
    {
        await using var console = await Console.StartAsync();
        var ticket = await console.OpenAsync();
        using var ada = await console.VisitAsync("ada");
        var token = (await ada.PageAsync("/")).QuerySelector("form.who input[name=token]")!.GetAttribute("value")!;

        using var answer = await ada.PostAsync($"/tickets/{ticket.Id}/votes", [("token", token), ("vote", "approve")]);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.NotNull((await Visitor.ParseAsync(answer)).QuerySelector("[data-problem='self-approval']"));
        Assert.Equal("ada", Assert.Single(await console.RecordsAsync(), record => record.Kind == RecordKind.VoteRefused).Reviewer!.Id);
    }

    [Fact]
    public async Task A_call_that_is_not_wholly_shown_can_be_denied_and_not_approved()
    {
        await using var console = await Console.StartAsync();
        var ticket = await console.OpenAsync(Some.Privileged(Some.Action("POST", "/v1/big", Some.Body(Encoding.UTF8.GetBytes(new string('x', 100_000))))));
        using var grace = await console.VisitAsync("grace");

        var page = await grace.PageAsync($"/tickets/{ticket.Id}");

        var shown = page.QuerySelector("[data-part=body]")!.TextContent.Length;
        Assert.Equal($"{100_000 - shown}", page.QuerySelector("[data-hidden-bytes]")!.GetAttribute("data-hidden-bytes"));
        Assert.Null(page.QuerySelector("#approve"));
        Assert.NotNull(page.QuerySelector("#deny"));
        Assert.Contains("nobody can approve it", page.QuerySelector("[data-hidden-bytes] .notice")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_critical_call_asks_twice_also_without_script()
    {
        await using var console = await Console.StartAsync();
        var ticket = await console.OpenAsync(Some.Privileged(decision: Some.NeedsApproval(Some.Requirement(Risk.Critical))));
        using var grace = await console.VisitAsync("grace");

        using (var hasty = await grace.SubmitAsync($"/tickets/{ticket.Id}", "approve"))
        {
            Assert.Equal(HttpStatusCode.BadRequest, hasty.StatusCode);
            Assert.NotNull((await Visitor.ParseAsync(hasty)).QuerySelector("[data-problem='confirmation-required']"));
        }

        using var sure = await grace.SubmitAsync($"/tickets/{ticket.Id}", "approve", ("confirm", "yes"));
        Assert.Equal(HttpStatusCode.SeeOther, sure.StatusCode);
    }

    [Fact]
    public async Task A_denial_needs_a_reason_and_ends_the_ticket_with_it()
    {
        await using var console = await Console.StartAsync();
        var ticket = await console.OpenAsync();
        using var grace = await console.VisitAsync("grace");

        using (var without = await grace.SubmitAsync($"/tickets/{ticket.Id}", "deny", ("reason", " ")))
            Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
        using (var with = await grace.SubmitAsync($"/tickets/{ticket.Id}", "deny", ("reason", "not on a Friday")))
            Assert.Equal(HttpStatusCode.SeeOther, with.StatusCode);

        var page = await grace.PageAsync($"/tickets/{ticket.Id}");
        Assert.Equal("denied", page.QuerySelector("article")!.GetAttribute("data-status"));
        Assert.Contains("not on a Friday", page.QuerySelector("aside")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("main form, main button"));
        Assert.Null(page.QuerySelector("[data-part=body]"));
    }

    [Fact]
    public async Task Of_two_reviewers_the_second_is_told_that_it_is_decided_and_keeps_nothing_to_click()
    {
        await using var console = await Console.StartAsync();
        var ticket = await console.OpenAsync();
        using var grace = await console.VisitAsync("grace");
        using var lin = await console.VisitAsync("lin");
        var token = (await lin.PageAsync($"/tickets/{ticket.Id}")).QuerySelector("#approve input[name=token]")!.GetAttribute("value")!;
        using (await grace.SubmitAsync($"/tickets/{ticket.Id}", "deny", ("reason", "no"))) { }

        using var late = await lin.PostAsync($"/tickets/{ticket.Id}/votes", [("token", token), ("vote", "approve")]);

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        var page = await Visitor.ParseAsync(late);
        Assert.NotNull(page.QuerySelector("[data-problem='finished']"));
        Assert.Empty(page.QuerySelectorAll("main form, main button"));
    }

    [Fact]
    public async Task A_repeat_tells_of_the_earlier_run()
    {
        await using var console = await Console.StartAsync();
        var first = await console.OpenAsync();
        using var grace = await console.VisitAsync("grace");
        using (await grace.SubmitAsync($"/tickets/{first.Id}", "deny", ("reason", "no"))) { }
        console.Time.Advance(TimeSpan.FromMinutes(30));

        var second = await console.OpenAsync();

        var earlier = (await grace.PageAsync($"/tickets/{second.Id}")).QuerySelector("[data-part=earlier]")!;
        Assert.Contains("Denied", earlier.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/tickets/{first.Id}", earlier.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task While_the_past_cannot_be_read_a_ticket_can_still_be_decided()
    {
        await using var console = await Console.StartAsync();
        var ticket = await console.OpenAsync();
        using var grace = await console.VisitAsync("grace");
        console.Ledger.CannotReadBack = true;

        using var answer = await grace.SubmitAsync($"/tickets/{ticket.Id}", "approve");

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Fact]
    public async Task A_vote_that_cannot_be_recorded_does_not_happen_and_says_so()
    {
        await using var console = await Console.StartAsync();
        var ticket = await console.OpenAsync();
        using var grace = await console.VisitAsync("grace");
        console.Ledger.CannotWrite = true;

        using var answer = await grace.SubmitAsync($"/tickets/{ticket.Id}", "approve");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull((await Visitor.ParseAsync(answer)).QuerySelector("[data-problem='not-recordable']"));
        Assert.Equal(TicketStatus.Pending, (await console.Desk.FindAsync(ticket.Id, TestContext.Current.CancellationToken))!.Status);
    }

    [Theory]
    [InlineData("/tickets/t_00000000000000000000000000000000")]
    [InlineData("/tickets/x")]
    [InlineData("/tickets/%3Cscript%3E")]
    public async Task A_ticket_that_is_not_there_is_not_found(string path)
    {
        await using var console = await Console.StartAsync();
        using var grace = await console.VisitAsync("grace");

        using var answer = await grace.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
