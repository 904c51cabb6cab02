using AiAccessProxy.Approvals;
using AiAccessProxy.Policies;
using AiAccessProxy.Tests.Approvals;

namespace AiAccessProxy.Tests.Policies;

/// <summary><c>notify</c>: where reviewers are told of a ticket, as far as rules go.</summary>
public class NotifyTests
{
    private const string Approval = "approval: { need: [{ from: [group:security] }] }";

    [Fact]
    public void A_decision_names_the_places_of_its_route_and_of_all_rules_that_ask_each_once()
    {
        var asked = Asked($$"""
            - { id: a, effect: require_approval, match: { paths: ["/**"] }, notify: [teams:security, slack:C0123], {{Approval}} }
            - { id: b, effect: require_approval, match: { paths: ["/**"] }, notify: [teams:security, teams:night-shift.1], {{Approval}} }
            - { id: c, effect: require_approval, match: { methods: [PUT] }, notify: [teams:other], {{Approval}} }
            - { id: d, effect: require_approval, observe: true, match: { paths: ["/**"] }, notify: [teams:tried-out], {{Approval}} }
            """, "notify: [slack:C0123, mail:duty]");

        Assert.Equal(["mail:duty", "slack:C0123", "teams:night-shift.1", "teams:security"], asked.Notify.Select(place => $"{place}"));
    }

    [Fact]
    public void A_default_that_asks_names_those_of_the_route() =>
        Assert.Equal([new NotifyPlace("teams", "all")], Asked("- { id: a, effect: deny, match: { methods: [PUT] } }", $"default: require_approval\nnotify: [teams:all]\n{Approval}").Notify);

    [Fact]
    public async Task A_ticket_carries_them_and_is_read_again_with_them()
    {
        await using var desk = await OpenDesk.OpenAsync();
        await desk.CallAsync(Some.Waitable(rules: Some.Rules(Some.ApprovalRule() with { Notify = [new("teams", "security")] })), TimeSpan.Zero);

        var ticket = await desk.TicketAsync();

        Assert.Equal([new NotifyPlace("teams", "security")], ticket.Notify);
        Assert.Equal(ticket.Notify, TicketState.Read(TicketState.Write(ticket)).Notify);
    }

    [Fact]
    public void A_ticket_that_was_kept_before_there_were_places_has_none() => Assert.Empty(
        TicketState.Read(System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(TicketState.Write(Some.Ticket())).Replace(",\"notify\":[]", "", StringComparison.Ordinal))).Notify);

    private static Requirement Asked(string rules, string more) =>
        Assert.IsType<Decision.RequireApproval>(Some.Decided(rules, more: more).Decision).Requirement;
}
