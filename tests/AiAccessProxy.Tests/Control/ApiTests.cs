using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AiAccessProxy.Approvals;
using AiAccessProxy.Control.Api;
using AiAccessProxy.Control.Api.Describing;
using AiAccessProxy.Control.Reading;
using AiAccessProxy.Ledger;
using AiAccessProxy.People;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Control;

public class ApiTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_endpoint_answers_without_a_persons_key_and_none_takes_what_it_does_not_know()
    {
        await using var console = await Console.StartAsync();
        using var program = console.Visit();
        var table = ApiTable.Of(console.Of<IServiceProvider>());
        Assert.InRange(table.Count, 20, 100);
        foreach (var endpoint in table)
        {
            Assert.Equal((401, "sign-in-needed"), await AskAsync(program, endpoint, null));
            Assert.Equal((401, "unknown-key"), await AskAsync(program, endpoint, "nobodys-key"));
            Assert.Equal((403, "agent-key"), await AskAsync(program, endpoint, Console.AgentKey));
            Assert.Equal((400, "bad-request"), await AskAsync(program, endpoint, "key-of-grace", "?nonsense=1"));
            console.Time.Advance(TimeSpan.FromMinutes(1)); // no address may try many keys in a minute
            if (endpoint.Body is null) continue;
            Assert.Equal((400, "bad-request"), await AskAsync(program, endpoint, "key-of-grace", body: """{"nonsense":1}"""));
            Assert.Equal((400, "bad-request"), await AskAsync(program, endpoint, "key-of-grace", body: "[]"));
            Assert.Equal((415, "not-json"), await AskAsync(program, endpoint, "key-of-grace", body: "{}", type: "text/plain"));
        }

        Assert.Empty(console.Errors);
    }

    [Theory]
    [InlineData("/api/v1/tickets?state=all")]
    [InlineData("/api/v1/tickets?state=live&state=ended")]
    [InlineData("/api/v1/tickets?limit=0")]
    [InlineData("/api/v1/tickets?limit=501")]
    [InlineData("/api/v1/tickets?limit=+5")]
    [InlineData("/api/v1/tickets?limit=")]
    [InlineData("/api/v1/tickets?mine=yes")]
    [InlineData("/api/v1/tickets?Agent=x")]
    [InlineData("/api/v1/tickets?agent=")]
    [InlineData("/api/v1/tickets?cursor=AAAA")]
    [InlineData("/api/v1/tickets?cursor=%00")]
    [InlineData("/api/v1/ledger?since=yesterday")]
    [InlineData("/api/v1/ledger?since=2026-11-21")]
    [InlineData("/api/v1/ledger?since=2026-11-21T09:00:00")]
    [InlineData("/api/v1/ledger?until=2026-13-21T09:00:00Z")]
    [InlineData("/api/v1/ledger?decision=Allow")]
    [InlineData("/api/v1/ledger?order=up")]
    [InlineData("/api/v1/ledger?cursor=AAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/api/v1/ledger/export?limit=5")]
    [InlineData("/api/v1/agents?suspended=1")]
    public async Task A_parameter_that_is_not_what_it_should_be_is_an_error(string target)
    {
        await using var console = await Console.StartAsync();
        using var program = console.Visit();
        using var answer = await program.ApiAsync(HttpMethod.Get, target, "key-of-grace");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(console.Errors);
    }

    [Fact]
    public async Task Pages_of_tickets_shift_nothing_while_tickets_come_and_go()
    {
        await using var console = await Console.StartAsync();
        using var program = console.Visit();
        var stay = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            console.Time.Advance(TimeSpan.FromMilliseconds(i % 3));
            stay.Add((await OpenAsync(console, i)).Id.Value);
        }

        var (seen, next, extra) = (new List<string>(), (string?)null, 100);
        do
        {
            var page = await JsonAsync(program, $"/api/v1/tickets?agent=billing-bot&limit=5{(next is null ? "" : $"&cursor={next}")}");
            seen.AddRange(page.GetProperty("tickets").EnumerateArray().Select(ticket => ticket.GetProperty("id").GetString()!));
            next = page.GetProperty("next").GetString();
            var (gone, _) = (seen[^1], await OpenAsync(console, extra++));
            await console.Desk.CancelAsync(new(gone), "billing-bot", Token);
        }
        while (next is not null && seen.Count < 100);

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Subset(seen.ToHashSet(), stay.ToHashSet());
    }

    [Fact]
    public async Task A_cursor_is_good_for_its_own_question_only()
    {
        await using var console = await Console.StartAsync();
        using var program = console.Visit();
        for (var i = 0; i < 3; i++) await OpenAsync(console, i);
        var next = (await JsonAsync(program, "/api/v1/tickets?limit=1")).GetProperty("next").GetString();

        foreach (var other in new[] { $"/api/v1/tickets?risk=high&cursor={next}", $"/api/v1/people?cursor={next}", $"/api/v1/ledger?cursor={next}" })
        {
            using var answer = await program.ApiAsync(HttpMethod.Get, other, "key-of-grace");
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        Assert.Equal(2, (await JsonAsync(program, $"/api/v1/tickets?limit=5&cursor={next}")).GetProperty("tickets").GetArrayLength());
    }

    [Fact]
    public async Task A_vote_on_what_was_read_counts_for_that_alone_and_the_same_again_is_not_counted_twice()
    {
        await using var console = await Console.StartAsync();
        using var program = console.Visit();
        var two = Some.Requirement(Risk.High, new Need(2, ["group:finance"]));
        var ticket = await console.OpenAsync(Some.Privileged(decision: Some.NeedsApproval(two)));
        var path = $"/api/v1/tickets/{ticket.Id}";
        using var read = await program.ApiAsync(HttpMethod.Get, path, "key-of-lin");
        Assert.Equal(HttpStatusCode.OK, await VoteAsync("key-of-grace", null));

        Assert.Equal(HttpStatusCode.PreconditionFailed, await VoteAsync("key-of-lin", read.Headers.ETag!.ToString()));
        Assert.Single((await console.Desk.FindAsync(ticket.Id, Token))!.Votes);
        Assert.Equal(HttpStatusCode.OK, await VoteAsync("key-of-grace", read.Headers.ETag!.ToString()));
        using var again = await program.ApiAsync(HttpMethod.Get, path, "key-of-lin");
        Assert.Equal(HttpStatusCode.OK, await VoteAsync("key-of-lin", again.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.OK, await VoteAsync("key-of-lin", again.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.BadRequest, await VoteAsync("key-of-lin", "*"));

        var kinds = (await console.RecordsAsync()).Select(record => record.Kind).Where(kind => kind.StartsWith("vote.", StringComparison.Ordinal));
        Assert.Equal([RecordKind.VoteApprove, RecordKind.VoteRefused, RecordKind.VoteApprove], kinds);

        async Task<HttpStatusCode> VoteAsync(string key, string? match)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, $"{path}/votes") { Content = JsonContent.Create(new { vote = "approve" }) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            if (match is not null) request.Headers.TryAddWithoutValidation("If-Match", match);
            using var answer = await program.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Whoever_was_cut_off_is_told_the_rest_and_whose_key_is_taken_away_hears_no_more()
    {
        await using var console = await Console.StartAsync();
        using var program = console.Visit();
        var (one, two) = (await OpenAsync(console, 1), await OpenAsync(console, 2));
        using var stream = await EventStream.ListenAsync(program, "key-of-grace", 0);
        Assert.Equal("hello", (await stream.NextAsync()).Kind);
        Assert.Equal(("ticket", one.Id.Value), await NextAsync(stream));
        Assert.Equal(("ticket", two.Id.Value), await NextAsync(stream));
        var three = await OpenAsync(console, 3);
        Assert.Equal(("ticket", three.Id.Value), await NextAsync(stream));
        using var later = await EventStream.ListenAsync(program, "key-of-lin", console.Of<LedgerReading>().Tape.Last - 1);
        Assert.Equal("hello", (await later.NextAsync()).Kind);
        Assert.Equal(("ticket", three.Id.Value), await NextAsync(later));

        var without = Console.Snapshot.People.All.Where(person => person.Id != "grace").Append(Some.Person("grace")).ToList();
        await console.Of<PolicyStore>().SwapAsync(
            Console.Snapshot with { People = new PeopleDirectory(without, new Dictionary<string, IReadOnlyList<string>>()) }, Token);
        console.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("bye", (await stream.NextAsync()).Kind);
    }

    private static async Task<(string Kind, string Subject)> NextAsync(EventStream stream)
    {
        var (kind, data) = await stream.NextAsync();
        return (kind, JsonDocument.Parse(data).RootElement.GetProperty("subject").GetString()!);
    }

    private static Task<Ticket> OpenAsync(Console console, int number) =>
        console.OpenAsync(Some.Privileged(Some.Action("POST", $"/v1/charges/{number}/refunds", Some.Body("""{"amount":20000}"""))));

    private static async Task<JsonElement> JsonAsync(Visitor program, string target)
    {
        using var answer = await program.ApiAsync(HttpMethod.Get, target, "key-of-grace");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
    }

    private static async Task<(int Status, string Kind)> AskAsync(
        Visitor program, ApiEndpoint endpoint, string? key, string query = "", string body = "{}", string type = "application/json")
    {
        var target = endpoint.Path.Replace("{id}", "t_00000000000000000000000000000000", StringComparison.Ordinal).Replace("{key}", "k1", StringComparison.Ordinal);
        var request = new HttpRequestMessage(new(endpoint.Method), target + query);
        if (endpoint.Body is not null) request.Content = new StringContent(body, Encoding.UTF8, type);
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await program.SendAsync(request);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        return ((int)answer.StatusCode, problem.GetProperty("type").GetString()!["urn:ai-access:problem:".Length..]);
    }
}
