using System.Net;
using AiAccessProxy.Approvals;

namespace AiAccessProxy.Tests.Control;

public class ChangeStreamTests
{
    [Fact]
    public async Task An_open_page_hears_of_a_new_ticket_and_of_its_decision()
    {
        await using var console = await Console.StartAsync();
        using var grace = await console.VisitAsync("grace");
        using var stream = await EventStream.OpenAsync(grace);
        Assert.Equal("hello", (await stream.NextAsync()).Kind);

        var ticket = await console.OpenAsync();
        Assert.Equal(("ticket", ticket.Id.Value), await stream.NextAsync());

        var lin = Console.Snapshot.People.Find("lin")!;
        await console.Desk.VoteAsync(ticket.Id, new Ballot(lin, true, null, "api", "key:laptop"), TestContext.Current.CancellationToken);
        Assert.Equal(("ticket", ticket.Id.Value), await stream.NextAsync());
    }

    [Fact]
    public async Task The_stream_says_goodbye_when_its_session_has_ended()
    {
        await using var console = await Console.StartAsync();
        using var grace = await console.VisitAsync("grace");
        using var stream = await EventStream.OpenAsync(grace);
        Assert.Equal("hello", (await stream.NextAsync()).Kind);

        console.Time.Advance(TimeSpan.FromHours(2));

        Assert.Equal("bye", (await stream.NextAsync()).Kind);
        Assert.Empty(console.Errors);
    }

    [Fact]
    public async Task Open_streams_do_not_keep_the_program_from_stopping()
    {
        await using var console = await Console.StartAsync();
        using var grace = await console.VisitAsync("grace");
        using var stream = await EventStream.OpenAsync(grace);
        Assert.Equal("hello", (await stream.NextAsync()).Kind);

        await console.StopAsync();

        Assert.Empty(console.Errors);
    }

    [Fact]
    public async Task A_closed_page_leaves_no_error_behind()
    {
        await using var console = await Console.StartAsync();
        using var grace = await console.VisitAsync("grace");
        using (var stream = await EventStream.OpenAsync(grace)) Assert.Equal("hello", (await stream.NextAsync()).Kind);

        await console.StopAsync();

        Assert.Empty(console.Errors);
    }

    [Fact]
    public async Task Nobody_listens_without_a_session()
    {
        await using var console = await Console.StartAsync();
        using var stranger = console.Visit();

        using var answer = await stranger.GetAsync("/events");

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }
}
