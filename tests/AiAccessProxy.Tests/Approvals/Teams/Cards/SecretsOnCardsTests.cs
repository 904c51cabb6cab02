using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AiAccessProxy.Actions;
using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Approvals.Teams.Cards;
using AiAccessProxy.Approvals.Teams.Chat;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Approvals.Teams.Cards;

/// <summary>What rules redact is on no card, in whatever place of a call it stands and although rules want to show it.</summary>
public class SecretsOnCardsTests
{
    private const string Rules = """
        - id: secret-things
          action: thing.{body.secret}
          match: { methods: [POST], paths: ["/v1/{secret}/things"] }
          effect: require_approval
          risk: high
          summary: "Do {body.secret} and {query.token} with {body.list.*.secret} for {header.x-secret} at {path.secret} in {body.open}"
          show: [body.secret, body.list, body.nested, query.token, header.x-secret, path.secret, body.open]
          redact: [body.secret, body.list.*.secret, body.nested.deep.secret, query.token, header.x-secret, path.secret]
          approval: { need: [{ approvals: 2, from: [group:finance] }] }
        """;

    private const string People = """
        version: 1
        people:
          - { id: ada, name: Ada }
          - { id: grace, name: Grace, keys: [{ id: laptop, sha256: "00000000000000000000000000000000000000000000000000000000000000b1" }] }
          - { id: heidi, name: Heidi }
          - { id: joan, name: Joan }
          - { id: hugo, name: Hugo }
        groups: { finance: [ada, grace, heidi], security: [hugo, joan] }

        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task None_of_two_hundred_planted_secrets_is_told_in_Teams_however_the_ticket_goes_on()
    {
        var policy = Some.Policy(("api.yaml", Some.RouteYaml(Rules)), ("people.yaml", People));
        await using var desk = await OpenDesk.OpenAsync(rules: policy);
        var planted = 0;
        for (var run = 0; run < 34; run++)
        {
            var secrets = Enumerable.Range(0, 6).Select(number => $"planted{run:d3}n{number}{Guid.NewGuid():n}").ToArray();
            planted += secrets.Length;
            var bound = policy.Decide(policy.Routes[0], Some.Caller(), CallWith(secrets, run), Some.Moment);
            var requirement = Assert.IsType<Decision.RequireApproval>(bound.Decision).Requirement;
            var opened = Assert.IsType<Opened.To>(await desk.Get<Opening>().AskAsync(bound, requirement, Token));

            var id = opened.Standing.Ticket.Id;
            await ToldAsync(desk, opened.Standing, secrets, "seen");
            // Somebody tries to approve it; then it is withdrawn, waits on, or is denied.
            await desk.Desk.VoteAsync(id, Some.Ballot("grace"), Token);
            if (run % 3 == 0) await desk.Desk.CancelAsync(id, opened.Standing.Ticket.Agent.Id, Token);
            if (run % 3 == 2) await desk.Desk.VoteAsync(id, Some.Ballot("heidi", approve: false, "it is what was agreed on"), Token);
            await ToldAsync(desk, await StandingAsync(desk, id), secrets, (run % 3) switch { 0 => "It is cancelled", 1 => "1 of 2", _ => "it is what was agreed on" });
            await desk.Desk.CancelAsync(id, opened.Standing.Ticket.Agent.Id, Token);
        }

        Assert.True(planted >= 200);
    }

    /// <summary>Everything that is said of a ticket in Teams: its card for everybody and for each viewer, what stands on a phone, what commands and clicks are answered with.</summary>
    private static async Task ToldAsync(OpenDesk desk, Standing standing, string[] secrets, string said)
    {
        var (sight, id) = (new Sight(standing, desk.Policies.Current, desk.Time.GetUtcNow(), new("https://console.test")), standing.Ticket.Id);
        var told = new List<string>();
        foreach (var ticket in StatesOf(standing.Ticket, sight.Now))
            foreach (var viewer in new[] { null, "grace", "joan", "judy" })
                told.Add(Json(CardActivity.Of(TeamsCard.Of(new(sight with { Standing = new(ticket, 1), Viewer = viewer }, "nonce"), ["29:one"], viewer is null ? null : new("Nothing was done.", IsGood: false)))));
        var words = new TicketWords(desk.Desk, desk.Policies);
        foreach (var person in new[] { "grace", "joan" })
        {
            told.AddRange(await words.PendingAsync(Some.Person(person), Token));
            told.AddRange(await words.ShowAsync(Some.Person(person), id.Value, Token));
            told.AddRange(await words.ShowAsync(Some.Person(person), "t_unknown", Token));
            told.Add(VoteWords.Of(await desk.Desk.VoteAsync(id, Some.Ballot("mallory"), Token)));
        }

        told.AddRange((await desk.RecordsAsync()).Where(record => record.Ticket == id.Value).Select(record => JsonSerializer.Serialize(record)));
        var text = string.Join('\n', told);
        Assert.Contains(said, text, StringComparison.Ordinal);
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), text, StringComparison.Ordinal);
        }
    }

    /// <summary>As it stands, half approved, approved, and sent and answered.</summary>
    private static Ticket[] StatesOf(Ticket ticket, DateTimeOffset now)
    {
        var voted = ticket with { Votes = [new("grace", true, "fine with me", now, "teams", "entra")] };
        return
        [
            ticket, voted, voted with { Status = TicketStatus.Approved, UseBy = now.AddMinutes(10) },
            voted with { Status = TicketStatus.Executed, Ended = now, EndedBecause = "it was sent", Shown = null },
        ];
    }

    private static string Json(JsonObject activity) =>
        activity.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static async Task<Standing> StandingAsync(OpenDesk desk, TicketId id) => Assert.IsType<Standing>(await desk.Desk.ReadAsync(id, Token));

    private static ApiAction CallWith(string[] secrets, int run) => Some.Action(
        "POST", $"/v1/{secrets[5]}/things?token={secrets[3]}&other=1",
        Some.Body(JsonSerializer.Serialize(new
        {
            secret = secrets[0],
            list = new object[] { new { secret = secrets[1], open = "x" }, new { open = "y" } },
            nested = new { deep = new { secret = run % 2 == 0 ? (object)secrets[2] : new[] { secrets[2] } } },
            open = "seen",
        })),
        new HeaderField("Content-Type", "application/json"), new HeaderField("X-Secret", secrets[4]));
}
