using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd;

/// <summary>Somebody follows docs/api.md from the first command to the last.</summary>
public class ApiPageTests
{
    [Fact]
    public async Task Every_command_in_it_does_what_it_says()
    {
        using var scratch = new Scratch();
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait, "hold: 0s"));
        var ticket = (await world.Agent().DeleteAsync("/api/one")).Ticket;
        var book = new Handbook(scratch.Root, "docs/api.md")
        {
            Environment =
            {
                ["AIACCESS_URL"] = world.Proxy.Console.GetLeftPart(UriPartial.Authority),
                ["AIACCESS_TOKEN"] = world.Policies.KeyOf("grace").Text,
                ["TICKET"] = ticket,
                ["HEADERS"] = Path.Combine(scratch.Root, "headers"),
            },
        };

        Assert.Contains("\"id\":\"grace\"", await book.RunAsync("curl"), StringComparison.Ordinal);
        Assert.Contains(ticket, await book.RunAsync("curl"), StringComparison.Ordinal);
        Assert.Contains("\"shown\":{", await book.RunAsync("curl"), StringComparison.Ordinal);
        Assert.Contains("\"status\":\"approved\"", await book.RunAsync("curl"), StringComparison.Ordinal);
        book.Environment["AIACCESS_TOKEN"] = world.Policies.KeyOf("mallory").Text;
        Assert.Contains("\"by\":\"mallory\"", await book.RunAsync("curl"), StringComparison.Ordinal);
        Assert.Contains("\"suspended\":null", await book.RunAsync("curl"), StringComparison.Ordinal);
        Assert.Contains("\"secret\":\"aia_", await book.RunAsync("curl"), StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"ticket.approved\"", await book.RunAsync("curl"), StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"vote.approve\"", await book.RunAsync("curl"), StringComparison.Ordinal);
        Assert.Contains("event: ticket", await book.RunAsync("curl"), StringComparison.Ordinal);
        Assert.Empty(book.Left);
    }
}
