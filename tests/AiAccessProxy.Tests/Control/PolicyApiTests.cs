using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Control;

public class PolicyApiTests
{
    private const string Path = "/api/v1/policy/decisions";

    private const string Rules = """
        - { id: read, effect: allow, match: { methods: [GET] } }
        - { id: big, effect: require_approval, match: { methods: [POST], where: [{ field: body.amount, gt: 10 }] }, redact: [body.card],
            summary: "Move {body.amount} for {body.card}", approval: { need: [{ from: [group:finance] }] } }
        - { id: night, effect: deny, match: { methods: [DELETE], time: { hours: "22:00-06:00", zone: UTC } } }
        """;

    [Fact]
    public async Task A_described_call_is_decided_and_explained()
    {
        await using var console = await StartAsync();
        using var program = console.Visit();

        var told = await JsonAsync(await program.ApiAsync(HttpMethod.Post, Path, "key-of-joan",
            new { agent = "billing-bot", method = "POST", path = "/api/things", body = new { amount = 20, card = "s3cret" } }));

        Assert.Equal(("require_approval", "api"), (told.GetProperty("outcome").GetString(), told.GetProperty("route").GetString()));
        Assert.Equal(["big", "night", "read"], told.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id").GetString()));
        Assert.Equal("body.amount is 20, greater than 10", told.GetProperty("rules")[0].GetProperty("conditions")[1].GetProperty("because").GetString());
        Assert.Equal("Move 20 for (redacted)", told.GetProperty("approval").GetProperty("summary")[0].GetString());
        Assert.DoesNotContain("s3cret", told.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"agent":"billing-bot","method":"GET","path":"/api/x"}""", "allow")]
    [InlineData("""{"agent":"billing-bot","method":"GET","path":"/x","route":"api","query":{"a":[1,"å",true]},"headers":{"x-env":"p"}}""", "allow")]
    [InlineData("""{"agent":"billing-bot","method":"POST","path":"/api/x","raw_body":"{","headers":{"content-type":"application/json"}}""", "require_approval")]
    [InlineData("""{"agent":"billing-bot","method":"POST","path":"/api/x","raw_body":"{\"amount\":20,\"amount\":1}","headers":{"Content-Type":"application/json"}}""", "require_approval")]
    [InlineData("""{"agent":"billing-bot","method":"POST","path":"/api/x","form":{"amount":20}}""", "require_approval")]
    [InlineData("""{"agent":"billing-bot","method":"PUT","path":"/api/x","on_behalf_of":"person:joan"}""", "deny")]
    [InlineData("""{"agent":"billing-bot","method":"DELETE","path":"/api/x","time":"2026-11-21T23:00:00Z"}""", "deny")]
    [InlineData("""{"agent":"nobody","method":"GET","path":"/api/x"}""", "refused unknown-agent")]
    [InlineData("""{"agent":"billing-bot","method":"GET","path":"/x"}""", "refused unknown-route")]
    [InlineData("""{"agent":"billing-bot","method":"GET","path":"/api/../x"}""", "refused no-single-meaning")]
    public async Task Each_outcome_is_an_answer(string body, string expected)
    {
        await using var console = await StartAsync();
        using var program = console.Visit();
        using var answer = await SendAsync(program, body, "key-of-grace");
        var told = await JsonAsync(answer);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(expected, $"{told.GetProperty("outcome")} {told.GetProperty("refusal")}".Trim());
    }

    [Theory]
    [InlineData("""{"agent":"billing-bot","method":"GET"}""", "Send {\"agent\"")]
    [InlineData("""{"agent":"billing-bot","method":"GET","path":null}""", "Send {\"agent\"")]
    [InlineData("""{"agent":"billing-bot","method":"GET","path":"/x","params":{}}""", "Send {\"agent\"")]
    [InlineData("""{"agent":"billing-bot","method":"GET","path":"/x","query":{"a":"\ud800"}}""", "Write each value of query")]
    [InlineData("""{"agent":"billing-bot","method":"GET","path":"/x","form":{"a":["\udc00"]}}""", "Write each value of query")]
    [InlineData("""{"agent":"billing-bot","method":"GET","path":"/x","query":{"\ud800":"a"}}""", "Send {\"agent\"")]
    [InlineData("""{"agent":"\ud800","method":"GET","path":"/x"}""", "Send {\"agent\"")]
    [InlineData("""{"agent":"billing-bot","method":"GET","path":"/x","path":"/y"}""", "Send {\"agent\"")]
    [InlineData("""{"agent":"billing-bot","method":"GET","path":"/x","time":"noon"}""", "Send {\"agent\"")]
    [InlineData("""["billing-bot"]""", "Send {\"agent\"")]
    [InlineData("null", "Send {\"agent\"")]
    [InlineData("", "Send {\"agent\"")]
    [InlineData("""{"agent":"billing-bot","method":"GET","path":"/x","on_behalf_of":"joan"}""", "Write on_behalf_of as person: and an id, as in person:ada.")]
    [InlineData("""{"agent":"billing-bot","method":"GET","path":"/x?a=1","query":{"b":1}}""", "Write the query in the path or in query, not in both.")]
    [InlineData("""{"agent":"billing-bot","method":"GET","path":"/x","body":1,"raw_body":"x"}""", "Write one of body, form, raw_body.")]
    [InlineData("""{"agent":"billing-bot","method":"GET","path":"/x","headers":{"a":{}}}""", "Write each value of query, headers and form as a text, a number, a boolean, or a list of those.")]
    public async Task What_describes_no_call_is_a_problem(string body, string detail)
    {
        await using var console = await StartAsync();
        using var program = console.Visit();
        using var answer = await SendAsync(program, body, "key-of-grace");
        var problem = await JsonAsync(answer);
        Assert.Equal((HttpStatusCode.BadRequest, "urn:ai-access:problem:bad-request"), (answer.StatusCode, problem.GetProperty("type").GetString()));
        Assert.StartsWith(detail, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(console.Errors);
    }

    [Fact]
    public async Task Nothing_of_it_is_recorded_and_no_ticket_is_opened()
    {
        await using var console = await StartAsync();
        using var program = console.Visit();
        var before = (await console.RecordsAsync()).Count;

        using var answer = await SendAsync(program, """{"agent":"billing-bot","method":"POST","path":"/api/x","body":{"amount":20}}""", "key-of-grace");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(before, (await console.RecordsAsync()).Count);
        Assert.Empty((await JsonAsync(await program.ApiAsync(HttpMethod.Get, "/api/v1/tickets", "key-of-grace"))).GetProperty("tickets").EnumerateArray());
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("key-of-nobody", HttpStatusCode.Unauthorized)]
    [InlineData(Console.AgentKey, HttpStatusCode.Forbidden)]
    public async Task Only_people_may_ask(string? key, HttpStatusCode status)
    {
        await using var console = await StartAsync();
        using var program = console.Visit();
        using var answer = await SendAsync(program, """{"agent":"billing-bot","method":"GET","path":"/api/x"}""", key);
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_form_of_another_page_cannot_ask()
    {
        await using var console = await StartAsync();
        using var grace = await console.VisitAsync("grace");
        using var cookie = await SendAsync(grace, """{"agent":"billing-bot","method":"GET","path":"/api/x"}""", key: null);
        using var form = await SendAsync(grace, "agent=billing-bot", "key-of-grace", "application/x-www-form-urlencoded");
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.UnsupportedMediaType), (cookie.StatusCode, form.StatusCode));
    }

    private static async Task<Console> StartAsync()
    {
        var console = await Console.StartAsync();
        var policy = Some.Policy(("api.yaml", Some.RouteYaml(Rules)));
        await console.Of<PolicyStore>().SwapAsync(policy with { People = Console.Snapshot.People, Agents = Console.Snapshot.Agents }, TestContext.Current.CancellationToken);
        return console;
    }

    private static Task<HttpResponseMessage> SendAsync(Visitor program, string body, string? key, string type = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (key is not null) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        return program.SendAsync(request);
    }

    private static Task<JsonElement> JsonAsync(HttpResponseMessage answer) => answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
}
