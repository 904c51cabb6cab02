using System.Text.Json;

namespace AiAccessProxy.Tests.Commands.Ledgers;

[Collection(ServerVariables.Name)]
public sealed class LedgerCommandTests : IDisposable
{
    private const string Id = "019a3d3c-7d7e-7f00-8000-000000000000";

    public void Dispose() => ServerVariables.Clear();

    [Fact]
    public async Task The_newest_stand_last()
    {
        var (run, server) = await RunAsync($$"""{"entries":[{{Entry(2)}},{{Entry(1)}}],"next":null}""", "list");

        Assert.Equal(0, run.Code);
        Assert.Equal("GET /api/v1/ledger?order=newest&limit=100", server.Asked);
        Assert.Equal(["2026-11-21 12:00:01", "2026-11-21 12:00:02"], run.Lines.Select(line => line[..19]));
        Assert.Contains("deny (by no-exports)", run.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_filter_is_asked_of_the_server()
    {
        var (_, server) = await RunAsync(
            """{"entries":[],"next":null}""", "list", "--kind", "ticket.*", "--kind", "decided", "--agent", "bot", "--rule", "r", "--route", "p", "--ticket", "t", "--decision", "deny",
            "--person", "ada", "--trace", "0af7", "--text", "a b", "--since", "2026-11-21T09:00:00Z", "--until", "2026-11-21", "--oldest", "--limit", "5");

        Assert.Equal(
            "GET /api/v1/ledger?since=2026-11-21T09%3A00%3A00.0000000Z&until=2026-11-21T00%3A00%3A00.0000000Z&kind=ticket.%2A&kind=decided&agent=bot&rule=r&route=p&ticket=t&decision=deny"
            + "&person=ada&trace=0af7&text=a%20b&order=oldest&limit=5",
            server.Asked);
    }

    [Fact]
    public async Task Nothing_found_is_a_code_of_its_own() =>
        Assert.Equal((3, "aiaccess: no record matches\n"), await RunAsync("""{"entries":[],"next":null}""", "list") is var (run, _) ? (run.Code, run.Error) : default);

    [Fact]
    public async Task Json_is_a_record_a_line_in_plain_ascii()
    {
        var (run, _) = await RunAsync($$"""{"entries":[{{Entry(2)}},{{Entry(1)}}],"next":null}""", "list", "--json");

        Assert.Equal([1, 2], run.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("position").GetInt32()));
        Assert.All(run.Output, character => Assert.True(character is '\n' or (>= ' ' and <= '~')));
    }

    [Fact]
    public async Task A_record_is_found_among_those_that_speak_of_it()
    {
        var (found, server) = await RunAsync($$"""{"entries":[{{Entry(2)}},{{Entry(1, Id)}}],"next":null}""", "record", Id);
        var (missing, _) = await RunAsync($$"""{"entries":[{{Entry(2)}}],"next":null}""", "record", Id);

        Assert.Equal($"GET /api/v1/ledger?text={Id}&limit=100", server.Asked);
        Assert.Matches($"(?m)^id +{Id}$", found.Output);
        Assert.Matches("(?m)^action.target +/v1/exports\\?", found.Output);
        Assert.Equal((3, $"aiaccess: there is no record {Id}\n"), (missing.Code, missing.Error));
    }

    [Fact]
    public async Task An_export_is_its_lines_and_one_that_is_cut_off_fails()
    {
        var (whole, server) = await RunAsync($"{Entry(1)}\n{Entry(2)}\n", "export", "--agent", "bot");
        var (cut, _) = await RunAsync($"{Entry(1)}\n{Entry(2)[..40]}", "export");

        Assert.Equal("GET /api/v1/ledger/export?agent=bot", server.Asked);
        Assert.Equal((0, 2), (whole.Code, whole.Lines.Count));
        Assert.Equal((1, 1), (cut.Code, cut.Lines.Count));
        Assert.Contains("cut off", Assert.Single(cut.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list --follow --oldest")]
    [InlineData("list --follow --until 2026-11-21")]
    [InlineData("list --since yesterday-ish")]
    [InlineData("list --since 99999999999d")]
    [InlineData("list --limit 0")]
    [InlineData("list --decision perhaps")]
    [InlineData("record 7")]
    public async Task What_makes_no_sense_is_not_asked(string line)
    {
        var (run, server) = await RunAsync("{}", line.Split(' '));

        Assert.Equal((2, (string?)null), (run.Code, server.Asked));
        Assert.Single(run.ErrorLines);
    }

    [Fact]
    public async Task A_distance_leads_back_from_now()
    {
        var (_, server) = await RunAsync("""{"entries":[],"next":null}""", "list", "--since", "2h");
        var since = DateTimeOffset.Parse(Uri.UnescapeDataString(server.Asked!.Split("since=")[1].Split('&')[0]), System.Globalization.CultureInfo.InvariantCulture);

        Assert.InRange(TimeProvider.System.GetUtcNow() - since, TimeSpan.FromHours(2), TimeSpan.FromHours(2) + TimeSpan.FromMinutes(5));
    }

    private static string Entry(int position, string id = "019a3d3c-0000-7f00-8000-000000000000") => $$"""
        {"position":{{position}},"stored_at":"2026-11-21T12:00:0{{position}}Z","id":"{{id}}","time":"2026-11-21T12:00:00Z","kind":"decided","instance":"one","decision":"deny","rules":["no-exports"],"agent":{"id":"bot","owner":"ada"},"action":{"route":"cloud","method":"POST","target":"/v1/exports?\u202e"},"from_the_future":1}
        """;

    private static async Task<(CommandRun Run, ControlApiDouble Server)> RunAsync(string answer, params string[] line)
    {
        await using var server = await ControlApiDouble.StartAsync(200, answer);
        ServerVariables.Set(server.Url, "aip_mine");
        return (await CommandRun.OfAsync(["ledger", .. line]), server);
    }
}
