using System.Text.Json;
using AiAccessProxy.Commands.Tickets;
using AiAccessProxy.Control.Api;

namespace AiAccessProxy.Tests.Commands;

/// <summary>In one class, so that no two tests set the variables of the process at once.</summary>
public sealed class TicketsCommandTests : IDisposable
{
    private static readonly string Ticket = JsonSerializer.Serialize(SomeTicketJson.With("\u202e all"), ApiJson.Options);

    public void Dispose() => Set(null, null);

    [Fact]
    public async Task A_list_is_a_line_a_ticket()
    {
        var (run, server) = await RunAsync(200, $$"""{"tickets":[{{Ticket}},{{Ticket}}]}""", "list");

        Assert.Equal(0, run.Code);
        Assert.Equal(2, run.Lines.Count);
        Assert.Equal("GET /api/v1/tickets", server.Asked);
        Assert.Equal("Bearer aip_mine", server.Authorization);
    }

    [Fact]
    public async Task Showing_a_ticket_shows_what_would_be_sent_even_when_a_newer_server_tells_more()
    {
        var (run, server) = await RunAsync(200, """{"from_the_future":1,""" + Ticket[1..], "show", "t_0198");

        Assert.Equal(0, run.Code);
        Assert.Contains("what would be sent:", run.Output, StringComparison.Ordinal);
        Assert.Equal("GET /api/v1/tickets/t_0198", server.Asked);
    }

    [Theory]
    [InlineData("approve")]
    [InlineData("deny")]
    public async Task A_vote_goes_to_the_ticket_it_names(string vote)
    {
        var (run, server) = await RunAsync(200, Ticket, vote, "t_0198", "--reason", "as agreed");

        Assert.Equal(0, run.Code);
        Assert.StartsWith("t_0198", run.Output, StringComparison.Ordinal);
        Assert.Equal($$"""POST /api/v1/tickets/t_0198/votes {"vote":"{{vote}}","reason":"as agreed"}""", server.Asked);
    }

    [Fact]
    public async Task An_id_is_one_segment_of_the_path_whatever_is_in_it()
    {
        var (_, server) = await RunAsync(404, "{}", "approve", "../tickets/t_1/votes?x=#");

        Assert.StartsWith("POST /api/v1/tickets/..%2Ftickets%2Ft_1%2Fvotes%3Fx=%23/votes ", server.Asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_denial_without_a_reason_is_not_even_asked()
    {
        var (run, server) = await RunAsync(200, Ticket, "deny", "t_0198");

        Assert.Equal(2, run.Code);
        Assert.Null(server.Asked);
    }

    [Fact]
    public async Task Json_is_plain_ascii()
    {
        var (run, _) = await RunAsync(200, Ticket, "show", "t_0198", "--json");

        Assert.Equal("/v1/exports?\u202e all", JsonDocument.Parse(run.Output).RootElement.GetProperty("action").GetProperty("target").GetString());
        Assert.All(run.Output.TrimEnd(), character => Assert.InRange(character, ' ', '~'));
    }

    [Theory]
    [InlineData(404, 3)]
    [InlineData(401, 4)]
    [InlineData(403, 4)]
    [InlineData(409, 5)]
    [InlineData(503, 1)]
    [InlineData(302, 1)]
    public async Task A_refusal_is_one_line_of_the_servers_own_words_and_a_code_that_says_which(int status, int code)
    {
        var (run, _) = await RunAsync(status, """{"detail":"It is\nover.\u001b[2J"}""", "approve", "t_0198");

        Assert.Equal(code, run.Code);
        Assert.Equal(@"aiaccess: It is over.\x1b[2J", Assert.Single(run.ErrorLines));
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task An_answer_that_is_no_json_and_a_server_that_is_not_there_are_one_line()
    {
        var (html, _) = await RunAsync(200, "<html>", "list");
        Set(new Uri("http://127.0.0.1:1"), "aip_mine");
        var nobody = await CommandRun.OfAsync("tickets", "list");

        Assert.All([html, nobody], run =>
        {
            Assert.Equal(1, run.Code);
            Assert.Single(run.ErrorLines);
        });
    }

    [Fact]
    public async Task Without_its_variables_it_says_which_to_set()
    {
        Set(null, null);
        var first = await CommandRun.OfAsync("tickets", "list");
        Set(new Uri("http://127.0.0.1:1"), null);
        var second = await CommandRun.OfAsync("tickets", "list");

        Assert.Equal((2, 2), (first.Code, second.Code));
        Assert.Contains(ControlApi.Url, first.Error, StringComparison.Ordinal);
        Assert.Contains(ControlApi.Token, second.Error, StringComparison.Ordinal);
    }

    private static async Task<(CommandRun Run, ControlApiDouble Server)> RunAsync(int status, string answer, params string[] arguments)
    {
        await using var server = await ControlApiDouble.StartAsync(status, answer);
        Set(server.Url, "aip_mine");
        return (await CommandRun.OfAsync(["tickets", .. arguments]), server);
    }

    private static void Set(Uri? url, string? token)
    {
        Environment.SetEnvironmentVariable(ControlApi.Url, url?.ToString());
        Environment.SetEnvironmentVariable(ControlApi.Token, token);
    }
}
