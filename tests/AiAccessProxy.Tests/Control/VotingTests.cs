using System.Net;
using AiAccessProxy.Approvals;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Tests.Control;

public class VotingTests
{
    [Fact]
    public async Task A_reviewer_sees_a_ticket_approves_it_and_it_is_on_record()
    {
        await using var console = await Console.StartAsync();
        var ticket = await console.OpenAsync();
        using var grace = await console.VisitAsync("grace");

        Assert.NotNull((await grace.PageAsync("/")).QuerySelector($"li[data-ticket='{ticket.Id}']"));
        using var answer = await grace.SubmitAsync($"/tickets/{ticket.Id}", "approve", ("reason", "fine"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(TicketStatus.Approved, (await console.Desk.FindAsync(ticket.Id, default))!.Status);
        var page = await grace.PageAsync($"/tickets/{ticket.Id}");
        Assert.Empty(page.QuerySelectorAll("main button"));
        Assert.Equal(
            [RecordKind.TicketOpened, RecordKind.PersonSignedIn, RecordKind.VoteApprove, RecordKind.TicketApproved],
            (await console.RecordsAsync()).Where(record => record.Kind is not (RecordKind.Started or RecordKind.PolicyLoaded)).Select(record => record.Kind));
    }
}
