using System.Text.Json;
using AiAccessProxy.Commands.Server;
using AiAccessProxy.Control.Api;

namespace AiAccessProxy.Tests.Commands;

/// <summary>Of one collection with all that set the variables of the process, so that no two do at once.</summary>
[Collection(ServerVariables.Name)]
public sealed class TicketsCommandTests : IDisposable
{
    private static readonly string Ticket = JsonSerializer.Serialize(SomeTicketJson.With("\u202e all"), ApiJson.Options);

    public void Dispose() => ServerVariables.Clear();

    [Fact]
    public async Task A_list_is_a_head_and_a_line_a_ticket()
    {
        var (run, server) = await RunAsync(200, $$"""{"tickets":[{{Ticket}},{{Ticket}}],"next":null}""", "list");

        Assert.Equal(0, run.Code);
        Assert.StartsWith("TICKET ", run.Lines[0], StringComparison.Ordinal);
        Assert.Equal(3, run.Lines.Count);
        Assert.DoesNotContain('\u202e', run.Output);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.Equal("GET /api/v1/tickets?limit=100", server.Asked);
        Assert.Equal("Bearer aip_mine", server.Authorization);
    }

    [Fact]
    public async Task What_is_asked_of_a_list_stays_a_value_whatever_it_holds()
    {
        var (_, server) = await RunAsync(200, """{"tickets":[],"next":null}""", "list", "--mine", "--agent", "a&mine=false", "--route", "p?#", "--risk", "high", "--state", "ended", "--limit", "7");

        Assert.Equal("GET /api/v1/tickets?mine=true&agent=a%26mine%3Dfalse&route=p%3F%23&risk=high&state=ended&limit=7", server.Asked);
    }

    [Fact]
    public async Task A_list_goes_from_page_to_page_up_to_its_limit_and_says_that_there_is_more()
    {
        await using var server = await ControlApiDouble.StartAsync(asked =>
            asked.Contains("cursor=second", StringComparison.Ordinal) ? (200, $$"""{"tickets":[{{Ticket}}],"next":"third"}""") : (200, $$"""{"tickets":[{{Ticket}},{{Ticket}}],"next":"second"}"""));
        Set(server.Url, "aip_mine");
        var table = await CommandRun.OfAsync("tickets", "list", "--limit", "3");
        var json = await CommandRun.OfAsync("tickets", "list", "--limit", "3", "--json");

        Assert.Equal("GET /api/v1/tickets?limit=1&cursor=second", server.Asked);
        Assert.Equal(4, table.Lines.Count);
        Assert.Contains("There are more", table.Error, StringComparison.Ordinal);
        Assert.Equal((3, "third"), JsonDocument.Parse(json.Output).RootElement is var page ? (page.GetProperty("tickets").GetArrayLength(), page.GetProperty("next").GetString()) : default);
    }

    [Fact]
    public async Task An_empty_list_says_so_to_the_person_and_nothing_to_the_script()
    {
        var (run, _) = await RunAsync(200, """{"tickets":[],"next":null}""", "list");

        Assert.Equal((0, "", "No ticket matches.\n"), (run.Code, run.Output, run.Error));
    }

    [Fact]
    public async Task A_vote_on_a_revision_says_which_and_a_stale_one_says_what_to_do()
    {
        var (run, server) = await RunAsync(412, """{"type":"urn:ai-access:problem:stale","detail":"changed"}""", "approve", "t_0198", "--revision", "3");

        Assert.Equal("\"3\"", server.IfMatch);
        Assert.Equal(5, run.Code);
        Assert.Equal("aiaccess: the ticket changed since revision 3; nothing was done. Read it again with 'aiaccess tickets show t_0198', then decide", Assert.Single(run.ErrorLines));
    }

    [Fact]
    public async Task An_answer_of_another_shape_is_one_line_and_is_still_printed_as_json()
    {
        var (words, _) = await RunAsync(200, """{"id":7}""", "show", "t_0198");
        var (json, _) = await RunAsync(200, """{"id":7}""", "show", "t_0198", "--json");

        Assert.Equal(1, words.Code);
        Assert.Contains("different versions", Assert.Single(words.ErrorLines), StringComparison.Ordinal);
        Assert.Equal((0, "{\"id\":7}\n"), (json.Code, json.Output));
    }

    [Theory]
    [InlineData("aip mine")]
    [InlineData("aip_mine\r\nX-Evil: 1")]
    [InlineData("ключ")]
    public async Task A_key_that_is_none_is_not_sent(string token)
    {
        await using var server = await ControlApiDouble.StartAsync(200, Ticket);
        Set(server.Url, token);
        var run = await CommandRun.OfAsync("tickets", "list");

        Assert.Equal((2, (string?)null), (run.Code, server.Asked));
        Assert.DoesNotContain("aip", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
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
    [InlineData(412, 5)]
    [InlineData(400, 2)]
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
        Assert.StartsWith("aiaccess: the server at http://127.0.0.1:1/ cannot be reached (", nobody.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_variables_it_says_which_to_set()
    {
        Set(null, null);
        var first = await CommandRun.OfAsync("tickets", "list");
        Set(new Uri("http://127.0.0.1:1"), null);
        var second = await CommandRun.OfAsync("tickets", "list");

        Assert.Equal((2, 2), (first.Code, second.Code));
        Assert.Contains(ServerAddress.Url, first.Error, StringComparison.Ordinal);
        Assert.Contains(ServerAddress.TokenName, second.Error, StringComparison.Ordinal);
    }

    private static async Task<(CommandRun Run, ControlApiDouble Server)> RunAsync(int status, string answer, params string[] arguments)
    {
        await using var server = await ControlApiDouble.StartAsync(status, answer);
        Set(server.Url, "aip_mine");
        return (await CommandRun.OfAsync(["tickets", .. arguments]), server);
    }

    private static void Set(Uri? url, string? token) => ServerVariables.Set(url, token);
}
