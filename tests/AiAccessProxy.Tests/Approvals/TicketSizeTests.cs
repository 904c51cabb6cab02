using AiAccessProxy.Approvals;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Wording;

namespace AiAccessProxy.Tests.Approvals;

/// <summary>A ticket is a register of the ledger, which takes a mebibyte: whatever is to be shown, the call gets a ticket or a refusal on record.</summary>
public class TicketSizeTests
{
    /// <summary>Values as JSON: of one character and of none, of those that take the most room in a ticket, and of those that are escaped there.</summary>
    private static readonly string[] Values = ["1", "\"\"", "\"\U0001f600\"", "\"\\u0000\"", "\"日\"", "\"\\\\\\\"\"", "[]", "\"\u05d0\"", "null"];

    private static readonly string Long = $"\"{string.Concat(Enumerable.Repeat("\U0001f600", 1_000))}\"";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task However_many_values_rules_show_the_call_gets_a_ticket_that_has_room_for_its_votes()
    {
        var random = new Random(5);
        for (var run = 0; run < Some.Runs(4); run++)
        {
            // Very many short ones, or a few long ones that take six bytes a character.
            var (fields, isLong) = (random.Next(20, 61), run % 2 == 1);
            var values = Enumerable.Range(0, fields).Select(field => (Name: $"f{field}", Value: isLong ? Long : Values[random.Next(Values.Length)])).ToList();
            var items = isLong ? 5 : Math.Min(60_000 / (fields + 1), 5_000);
            var item = $"{{{string.Join(',', values.Select(one => $"\"{one.Name}\":{one.Value}"))},\"secret\":1}}";
            var policy = Some.Policy($$"""
                - id: pay
                  effect: require_approval
                  match: { methods: [POST] }
                  show: [body, {{string.Join(", ", values.Select(one => $"body.items.*.{one.Name}"))}}]
                  redact: [{{(random.Next(2) == 0 ? "body.items.*.secret" : "body.none")}}]
                  approval: { need: [{ approvals: 1, from: [group:finance] }] }
                """);
            var body = $"{{\"text\":\"{string.Concat(Enumerable.Repeat("\U0001f600", random.Next(2) * 40_000))}\",\"items\":[{string.Join(',', Enumerable.Repeat(item, items))}]}}";
            await using var desk = await OpenDesk.OpenAsync(rules: policy);
            var bound = Some.Decided(policy, Some.Action("POST", "/v1/payments", Some.Body(body)));

            var refused = Assert.IsType<Clearance.No>(await desk.CallAsync(bound, TimeSpan.Zero)).Refused;

            var ticket = Assert.IsType<Refused.StillPending>(refused).Ticket;
            Assert.InRange(TicketState.Write(ticket).Length, 1, ChangeShape.MaxStateBytes - (128 * 1024));
            Assert.IsType<VoteOutcome.Counted>(await desk.Desk.VoteAsync(ticket.Id, Some.Ballot("grace", approve: false, new string('\u65e5', 1000)), Token));
        }
    }

    [Fact]
    public async Task A_call_whose_ticket_would_be_too_large_all_the_same_is_refused_on_record()
    {
        Assert.True(SummaryTemplate.TryParse(new string('x', ChangeShape.MaxStateBytes - (64 * 1024)), out var summary, out _));
        var rules = Some.Rules(Some.ApprovalRule() with { Summary = summary });
        await using var desk = await OpenDesk.OpenAsync(rules: rules);

        var refused = Assert.IsType<Clearance.No>(await desk.CallAsync(Some.Waitable(rules: rules), TimeSpan.Zero)).Refused;

        Assert.IsType<Refused.TicketTooLarge>(refused);
        Assert.Empty(await desk.LiveAsync());
        var record = Assert.Single(await desk.RecordsAsync());
        Assert.Equal((RecordKind.Refused, (Guid?)record.Id), (record.Kind, refused.Record));
        Assert.StartsWith("ticket-too-large", record.Detail, StringComparison.Ordinal);
    }
}
