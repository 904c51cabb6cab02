using AiAccessProxy.Approvals.Teams.Chat;
using AiAccessProxy.Approvals.Teams.Inbound;
using AiAccessProxy.Policies;
using AiAccessProxy.Tests.Approvals.Showing;

namespace AiAccessProxy.Tests.Approvals.Teams;

/// <summary>What the bot says of tickets in a chat, where no direction can be set.</summary>
public class TicketWordsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_of_a_call_changes_places_in_a_chat_and_people_keep_their_names()
    {
        var policy = Some.Policy("""
            - id: pay
              effect: require_approval
              match: { methods: [POST], where: [{ field: body.to, exists: true }] }
              summary: "Pay {body.to}"
              approval: { need: [{ from: [group:finance] }] }
            """);
        await using var desk = await OpenDesk.OpenAsync(rules: policy);
        var bound = Some.Decided(policy, Some.Action("POST", "/v1/payments", Some.Body("{\"to\":\"\u05d0 1000 \u05d1 5\"}")));
        await desk.CallAsync(bound, TimeSpan.Zero);
        var (words, person) = (new TicketWords(desk.Desk, desk.Policies), Some.Person("grace", name: "\u062c\u0631\u064a\u0633"));

        string[] said = [.. await words.PendingAsync(person, Token), .. await words.ShowAsync(person, (await desk.TicketAsync()).Id.Value, Token)];

        Assert.All(said, BidiClasses.AssertNone);
        Assert.Equal(2, said.Count(line => line.Contains(@"Pay \u{5d0} 1000 \u{5d1} 5", StringComparison.Ordinal)));
        Assert.StartsWith("You are \u062c\u0631\u064a\u0633 (grace)", words.WhoIs(new Sender.Known(person, "entra"))[0], StringComparison.Ordinal);
    }
}
