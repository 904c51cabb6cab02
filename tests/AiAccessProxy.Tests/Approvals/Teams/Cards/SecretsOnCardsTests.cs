using System.Text;
using System.Text.Json;
using AiAccessProxy.Actions;
using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Approvals.Teams.Cards;
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
          approval: { need: [{ from: [group:finance] }] }
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task None_of_two_hundred_planted_secrets_is_on_a_card_or_in_a_summary()
    {
        var policy = Some.Policy(("api.yaml", Some.RouteYaml(Rules)));
        await using var desk = await OpenDesk.OpenAsync(rules: policy);
        var planted = 0;
        for (var run = 0; run < 34; run++)
        {
            var secrets = Enumerable.Range(0, 6).Select(number => $"planted{run:d3}n{number}{Guid.NewGuid():n}").ToArray();
            planted += secrets.Length;
            var bound = policy.Decide(policy.Routes[0], Some.Caller(), CallWith(secrets, run), Some.Moment);
            var requirement = Assert.IsType<Decision.RequireApproval>(bound.Decision).Requirement;
            var opened = Assert.IsType<Opened.To>(await desk.Get<Opening>().AskAsync(bound, requirement, Token));

            foreach (var ticket in new[] { opened.Standing.Ticket, Ended(opened.Standing.Ticket) })
            {
                var card = TeamsCard.Of(new(new(new(ticket, 1), policy, Some.Moment, new("https://console.test")), "nonce"), []);
                var text = CardActivity.Of(card).ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
                foreach (var secret in secrets)
                {
                    Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
                    Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), text, StringComparison.Ordinal);
                }

                if (!ticket.IsOver) Assert.Contains("seen", text, StringComparison.Ordinal);
            }

            await desk.Desk.CancelAsync(opened.Standing.Ticket.Id, opened.Standing.Ticket.Agent.Id, Token);
        }

        Assert.True(planted >= 200);
    }

    private static Ticket Ended(Ticket ticket) => Assert.IsType<Moved.To>(TicketMoves.Cancel(ticket, ticket.Opened, "its agent withdrew it")).Next;

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
