using System.Net;
using AiAccessProxy.Ledger;
using AiAccessProxy.People;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Control.Pages;

public class AgentPagesTests
{
    [Fact]
    public async Task An_agent_is_shown_with_who_answers_for_it_what_it_did_and_its_keys_but_no_hash_of_one()
    {
        await using var console = await Console.StartAsync();
        await console.OpenAsync();
        using var grace = await console.VisitAsync("grace");

        var (list, page) = (await grace.PageAsync("/agents"), await grace.PageAsync("/agents/billing-bot"));

        var card = list.QuerySelector("[data-agent=billing-bot]")!;
        Assert.Contains("Ada (ada) answers for it", card.TextContent, StringComparison.Ordinal);
        Assert.Equal("1", card.QuerySelector("[data-count=asked]")!.TextContent);
        Assert.Equal("1", card.QuerySelector("[data-count=pending]")!.TextContent);
        Assert.Contains("Works", page.QuerySelector("tr[data-key]")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotMatch("[0-9a-f]{64}", page.DocumentElement.OuterHtml);
        Assert.DoesNotMatch("[0-9a-f]{64}", list.DocumentElement.OuterHtml);
    }

    [Fact]
    public async Task The_owner_suspends_it_with_a_reason_and_an_operator_lets_it_go_on()
    {
        await using var console = await Console.StartAsync();
        await AddOperatorAsync(console, "joan");
        using var ada = await console.VisitAsync("ada");
        using var joan = await console.VisitAsync("joan");

        using (var empty = await ada.SubmitAsync("/agents/billing-bot", "suspend", ("reason", " \r\n ")))
            Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        using (var done = await ada.SubmitAsync("/agents/billing-bot", "suspend", ("reason", "It loops.\r\nStop it.")))
            Assert.Equal(("/agents/billing-bot", HttpStatusCode.SeeOther), (done.Headers.Location!.OriginalString, done.StatusCode));

        Assert.Contains("It loops.\\nStop it.", (await ada.PageAsync("/agents/billing-bot")).QuerySelector("aside q")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("operators can resume", (await ada.PageAsync("/agents/billing-bot")).QuerySelector("[data-why-not]")!.TextContent, StringComparison.Ordinal);
        using (var again = await joan.SubmitAsync("/agents/billing-bot", "resume", ("reason", "mended")))
            Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
        Assert.NotNull((await ada.PageAsync("/agents/billing-bot")).QuerySelector("#suspend"));
        Assert.Equal(
            [(RecordKind.AgentSuspended, "ada", "It loops.\nStop it."), (RecordKind.AgentResumed, "joan", "mended")],
            (await console.RecordsAsync()).Where(record => record.Kind is RecordKind.AgentSuspended or RecordKind.AgentResumed)
                .Select(record => (record.Kind, record.Reviewer!.Id, record.Detail!)));
    }

    [Fact]
    public async Task Who_may_not_finds_no_form_and_one_that_was_forced_changes_nothing()
    {
        await using var console = await Console.StartAsync();
        using var grace = await console.VisitAsync("grace");
        var page = await grace.PageAsync("/agents/billing-bot");
        var token = page.QuerySelector("form.who input[name=token]")!.GetAttribute("value")!;

        Assert.Empty(page.QuerySelectorAll("main form, main button"));
        Assert.Contains("can suspend it", page.QuerySelector("[data-why-not]")!.TextContent, StringComparison.Ordinal);
        using var forced = await grace.PostAsync("/agents/billing-bot/suspend", [("token", token), ("reason", "because")]);
        using var withoutToken = await grace.PostAsync("/agents/billing-bot/suspend", [("reason", "because")]);
        using var nobody = await grace.PostAsync("/agents/nobody/suspend", [("token", token), ("reason", "because")]);

        Assert.Equal(
            [HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.NotFound], new[] { forced, withoutToken, nobody }.Select(answer => answer.StatusCode));
        Assert.DoesNotContain(await console.RecordsAsync(), record => record.Kind == RecordKind.AgentSuspended);
    }

    [Fact]
    public async Task People_are_shown_with_their_groups_and_how_they_sign_in_and_no_hash()
    {
        await using var console = await Console.StartAsync();
        using var grace = await console.VisitAsync("grace");

        var page = await grace.PageAsync("/people");

        var self = page.QuerySelector("[data-person=grace]")!.TextContent;
        Assert.Contains("finance", self, StringComparison.Ordinal);
        Assert.Contains("with the key laptop", self, StringComparison.Ordinal);
        Assert.Contains("you", self, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("[data-person=ada] a[href='/agents/billing-bot']"));
        Assert.Contains("Nobody is in the group operators", page.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotMatch("[0-9a-f]{64}", page.DocumentElement.OuterHtml);
    }

    private static async Task AddOperatorAsync(Console console, string person)
    {
        var rules = Console.Snapshot;
        var groups = new Dictionary<string, IReadOnlyList<string>> { ["finance"] = ["grace", "lin"], ["security"] = ["joan"], ["operators"] = [person] };
        await console.Of<PolicyStore>().SwapAsync(
            rules with { People = new PeopleDirectory([.. rules.People.All], groups) }, TestContext.Current.CancellationToken);
    }
}
