using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AiAccessProxy.Approvals;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Control;

public class TicketApiTests
{
    private const string Nowhere = "/api/v1/tickets/t_00000000000000000000000000000000";

    [Fact]
    public async Task A_key_says_who_it_is()
    {
        await using var console = await Console.StartAsync();
        using var program = console.Visit();

        using var answer = await program.ApiAsync(HttpMethod.Get, "/api/v1/whoami", "key-of-grace");

        Assert.Equal("""{"id":"grace","name":"Grace","authenticated":"key:laptop","operator":false}""", await TextAsync(answer));
    }

    [Fact]
    public async Task A_ticket_is_listed_and_shown_with_what_would_be_sent()
    {
        await using var console = await Console.StartAsync();
        var ticket = await console.OpenAsync();
        using var program = console.Visit();

        var listed = Assert.Single((await JsonAsync(await program.ApiAsync(HttpMethod.Get, "/api/v1/tickets", "key-of-grace"))).GetProperty("tickets").EnumerateArray());
        var shown = await JsonAsync(await program.ApiAsync(HttpMethod.Get, $"/api/v1/tickets/{ticket.Id}", "key-of-grace"));

        Assert.Equal(JsonValueKind.Null, listed.GetProperty("shown").ValueKind);
        Assert.Equal((ticket.Id.Value, "pending", "high"), (shown.GetProperty("id").GetString()!, shown.GetProperty("status").GetString()!, shown.GetProperty("risk").GetString()!));
        Assert.Equal("0 of 1, still needs 1 from finance", shown.GetProperty("progress").GetString());
        Assert.True(shown.GetProperty("may_approve").GetBoolean());
        var body = shown.GetProperty("shown").GetProperty("parts").EnumerateArray().Single(part => part.GetProperty("kind").GetString() == "body");
        Assert.Equal("""{"amount":20000,"currency":"EUR"}""", body.GetProperty("spans")[0].GetProperty("safe").GetString());
        Assert.DoesNotContain("upstream-secret", shown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_outcome_of_a_vote_has_a_status_and_a_problem_of_its_own()
    {
        await using var console = await Console.StartAsync();
        var two = Some.Requirement(Risk.High, new Need(2, ["group:finance"]));
        var ticket = await console.OpenAsync(Some.Privileged(decision: Some.NeedsApproval(two), caller: Some.Caller(onBehalfOf: "lin")));
        var path = $"/api/v1/tickets/{ticket.Id}/votes";
        var big = await console.OpenAsync(Some.Privileged(Some.Action("POST", "/v1/big", Some.Body(Encoding.UTF8.GetBytes(new string('x', 100_000))))));

        await ExpectAsync(console, "joan", path, new { vote = "approve" }, HttpStatusCode.Forbidden, "not-entitled");
        await ExpectAsync(console, "ada", path, new { vote = "approve" }, HttpStatusCode.Forbidden, "self-approval");
        await ExpectAsync(console, "lin", path, new { vote = "approve" }, HttpStatusCode.Forbidden, "self-approval");
        await ExpectAsync(console, "grace", $"/api/v1/tickets/{big.Id}/votes", new { vote = "approve" }, HttpStatusCode.Conflict, "not-wholly-shown");
        await ExpectAsync(console, "grace", $"{Nowhere}/votes", new { vote = "approve" }, HttpStatusCode.NotFound, "no-ticket");
        await ExpectAsync(console, "grace", "/api/v1/tickets/x/votes", new { vote = "approve" }, HttpStatusCode.NotFound, "no-ticket");
        await ExpectAsync(console, "grace", path, new { vote = "deny" }, HttpStatusCode.BadRequest, "reason-required");
        await ExpectAsync(console, "grace", path, new { vote = "deny", reason = "  " }, HttpStatusCode.BadRequest, "reason-required");
        await ExpectAsync(console, "grace", path, new { vote = "approve", reason = new string('x', 1001) }, HttpStatusCode.BadRequest, "reason-too-long");
        console.Ledger.CannotWrite = true;
        await ExpectAsync(console, "grace", path, new { vote = "approve" }, HttpStatusCode.ServiceUnavailable, "not-recordable");
        console.Ledger.CannotWrite = false;
        await ExpectAsync(console, "grace", path, new { vote = "approve" }, HttpStatusCode.OK, null);
        await ExpectAsync(console, "grace", path, new { vote = "deny", reason = "changed my mind" }, HttpStatusCode.Conflict, "already-voted");
        await ExpectAsync(console, "grace", $"/api/v1/tickets/{big.Id}/votes", new { vote = "deny", reason = "too big" }, HttpStatusCode.OK, null);
        await ExpectAsync(console, "grace", $"/api/v1/tickets/{big.Id}/votes", new { vote = "approve" }, HttpStatusCode.Conflict, "finished");
    }

    [Theory]
    [InlineData("""{"vote":"approve","person":"ada"}""")]
    [InlineData("""{"vote":"approve","vote":"deny"}""")]
    [InlineData("""{"Vote":"approve"}""")]
    [InlineData("""{"vote":"approved"}""")]
    [InlineData("""{"vote":true}""")]
    [InlineData("""{"vote":null}""")]
    [InlineData("""{"reason":"x"}""")]
    [InlineData("""{"vote":"approve"}{"vote":"approve"}""")]
    [InlineData("""{"vote":"approve",}""")]
    [InlineData("""{"vote":"approve"} // yes""")]
    [InlineData("""["approve"]""")]
    [InlineData("null")]
    [InlineData("")]
    public async Task A_body_that_is_not_exactly_a_vote_is_none(string body)
    {
        await using var console = await Console.StartAsync();
        var ticket = await console.OpenAsync();
        using var program = console.Visit();

        using var answer = await SendAsync(program, ticket, body, "application/json");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(TicketStatus.Pending, (await console.Desk.FindAsync(ticket.Id, TestContext.Current.CancellationToken))!.Status);
        Assert.Empty(console.Errors);
    }

    [Theory]
    [InlineData("text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json; charset=utf-7", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/problem+json", HttpStatusCode.UnsupportedMediaType)]
    [InlineData(null, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json; charset=utf-8", HttpStatusCode.OK)]
    public async Task A_vote_says_that_it_is_JSON(string? type, HttpStatusCode status)
    {
        await using var console = await Console.StartAsync();
        var ticket = await console.OpenAsync();
        using var program = console.Visit();

        using var answer = await SendAsync(program, ticket, """{"vote":"approve"}""", type);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        await using var console = await Console.StartAsync();
        var ticket = await console.OpenAsync();
        using var program = console.Visit();

        using var answer = await SendAsync(program, ticket, $$"""{"vote":"approve","reason":"{{new string('x', 20_000)}}"}""", "application/json");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task A_browsers_session_opens_nothing_in_the_API()
    {
        await using var console = await Console.StartAsync();
        var ticket = await console.OpenAsync();
        using var grace = await console.VisitAsync("grace");

        using var answer = await grace.ApiAsync(HttpMethod.Post, $"/api/v1/tickets/{ticket.Id}/votes", key: null, new { vote = "approve" });

        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (answer.StatusCode, answer.Headers.WwwAuthenticate.ToString()));
    }

    [Fact]
    public async Task A_key_that_has_expired_proves_nobody()
    {
        await using var console = await Console.StartAsync();
        var soon = console.Time.GetUtcNow() + TimeSpan.FromMinutes(1);
        await console.Of<PolicyStore>().SwapAsync(
            Console.Snapshot with { People = new([Some.Person("grace", "brief", expires: soon)], new Dictionary<string, IReadOnlyList<string>>()) },
            TestContext.Current.CancellationToken);
        using var program = console.Visit();

        using (var before = await program.ApiAsync(HttpMethod.Get, "/api/v1/whoami", "brief")) Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        console.Time.Advance(TimeSpan.FromMinutes(1));
        using var after = await program.ApiAsync(HttpMethod.Get, "/api/v1/whoami", "brief");
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    private static async Task ExpectAsync(Console console, string person, string path, object body, HttpStatusCode status, string? kind)
    {
        using var program = console.Visit();
        using var answer = await program.ApiAsync(HttpMethod.Post, path, $"key-of-{person}", body);
        var json = await JsonAsync(answer);
        Assert.True(status == answer.StatusCode, $"{person} {path}: {answer.StatusCode} {json}");
        if (kind is null) return;
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(($"urn:ai-access:problem:{kind}", (int)status), (json.GetProperty("type").GetString(), json.GetProperty("status").GetInt32()));
        Assert.NotEmpty(json.GetProperty("detail").GetString()!);
    }

    private static Task<HttpResponseMessage> SendAsync(Visitor program, Ticket ticket, string body, string? type)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/tickets/{ticket.Id}/votes") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        if (type is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer key-of-grace");
        return program.SendAsync(request);
    }

    private static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private static Task<JsonElement> JsonAsync(HttpResponseMessage answer) =>
        answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
}
