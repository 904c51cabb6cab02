using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd;

/// <summary>Reviewers decide on cards, in Microsoft's own client in a real browser; the upstream is the judge of what was sent.</summary>
public class TeamsStoriesTests(TeamsWorld teams) : IClassFixture<TeamsWorld>
{
    [Fact]
    public async Task A_card_in_a_personal_chat_is_approved_and_the_call_is_sent_once()
    {
        await teams.Joan.OpenAsync("Personal Chat");
        var call = teams.RefundAsync("personal", "ch_personal");
        await teams.Joan.SaysAsync("ch_personal", "Waits for approval");
        await teams.Joan.PictureAsync("ch_personal", "teams-waiting");
        Assert.Equal(0, teams.Refunded("ch_personal"));

        await teams.Joan.ClickAsync("ch_personal", "Approve");

        Assert.Equal(200, (await call).Status);
        await teams.Joan.SaysAsync("ch_personal", "Approved, sent and answered");
        await teams.Joan.IsDeadAsync("ch_personal");
        await teams.Joan.PictureAsync("ch_personal", "teams-approved");
        Assert.Equal(1, teams.Refunded("ch_personal"));
    }

    [Fact]
    public async Task A_card_in_a_group_chat_is_denied_with_a_reason()
    {
        await teams.Joan.OpenAsync("Group Chat");
        await teams.AddedToAsync("a-group-chat");
        var call = teams.RefundAsync("group", "ch_group");
        await teams.Joan.GiveReasonAsync("ch_group", "The target or a value is wrong", "It was paid back in May");

        await teams.Joan.ClickAsync("ch_group", "Deny");

        var answer = await call;
        Assert.Equal("denied-by-reviewer", answer.Problem);
        Assert.Contains("The target or a value is wrong: It was paid back in May", answer.Body, StringComparison.Ordinal);
        await teams.Joan.SaysAsync("ch_group", "It was paid back in May");
        await teams.Joan.IsDeadAsync("ch_group");
        await teams.Joan.PictureAsync("ch_group", "teams-denied");
        Assert.Equal(0, teams.Refunded("ch_group"));
    }

    [Fact]
    public async Task A_card_in_a_channel_is_approved_and_the_call_is_sent_once()
    {
        await teams.Joan.OpenAsync("My Team - Announcements");
        await teams.AddedToAsync("a-channel");
        var call = teams.RefundAsync("channel", "ch_channel");

        await teams.Joan.ClickAsync("ch_channel", "Approve");

        Assert.Equal(200, (await call).Status);
        await teams.Joan.SaysAsync("ch_channel", "Approved, sent and answered");
        await teams.Joan.IsDeadAsync("ch_channel");
        await teams.Joan.PictureAsync("ch_channel", "teams-channel");
        Assert.Equal(1, teams.Refunded("ch_channel"));
    }

    [Fact]
    public async Task Whom_the_agent_acts_for_clicks_and_is_told_why_that_counts_for_nothing()
    {
        await teams.Joan.OpenAsync("Personal Chat");
        var ticket = (await teams.RefundAsync("personal", "ch_own", teams.World.Policies.BotForJoan, ("Prefer", "respond-async"))).Ticket;

        await teams.Joan.ClickAsync("ch_own", "Approve");

        await teams.Joan.SaysAsync("ch_own", "Your vote did not count. You own this agent, it acts for you");
        await teams.Joan.PictureAsync("ch_own", "teams-may-not");
        Assert.Contains(ticket, await teams.World.Reviewer("grace").PendingAsync());
        Assert.Equal(0, teams.Refunded("ch_own"));
    }

    [Fact]
    public async Task Two_people_approve_each_on_their_own_card_and_both_cards_tell_of_both()
    {
        await teams.Joan.OpenAsync("Personal Chat");
        var call = teams.RefundAsync("both", "ch_both");

        await teams.Joan.ClickAsync("ch_both", "Approve");
        await teams.Grace.SaysAsync("ch_both", "1 of 2");
        await teams.Joan.SaysAsync("ch_both", "1 of 2");
        await teams.Grace.PictureAsync("ch_both", "teams-one-of-two");
        Assert.Equal(0, teams.Refunded("ch_both"));
        await teams.Grace.ClickAsync("ch_both", "Approve");

        Assert.Equal(200, (await call).Status);
        foreach (var client in new[] { teams.Joan, teams.Grace })
        {
            await client.SaysAsync("ch_both", "Approved, sent and answered");
            await client.SaysAsync("ch_both", "Joan (joan) approved");
            await client.SaysAsync("ch_both", "Grace (grace) approved");
            await client.IsDeadAsync("ch_both");
        }

        await teams.Joan.PictureAsync("ch_both", "teams-two-of-two");
        Assert.Equal(1, teams.Refunded("ch_both"));
    }

    [Fact]
    public async Task A_card_that_nobody_decides_says_that_it_has_expired()
    {
        await teams.Joan.OpenAsync("Personal Chat");

        Assert.Equal("approval-expired", (await teams.Undecided).Problem);
        // A card is shown for the first time only while its call waits, so it said so before.
        await teams.Joan.SaysAsync("ch_soon", "Expired: nobody decided in time");
        await teams.Joan.IsDeadAsync("ch_soon");
        await teams.Joan.PictureAsync("ch_soon", "teams-expired");
        Assert.Equal(0, teams.Refunded("ch_soon"));
    }

    [Fact]
    public async Task What_is_critical_takes_a_second_tap()
    {
        await teams.Joan.OpenAsync("Personal Chat");
        var call = teams.RefundAsync("critical", "ch_critical");
        await teams.Joan.ClickAsync("ch_critical", "Approve");
        await teams.Joan.SaysAsync("ch_critical", "Nothing was done so far.");
        await teams.Joan.PictureAsync("ch_critical", "teams-critical");
        Assert.Equal(0, teams.Refunded("ch_critical"));

        await teams.Joan.ClickAsync("ch_critical", "Approve: I have read all of it");

        Assert.Equal(200, (await call).Status);
        await teams.Joan.SaysAsync("ch_critical", "Approved, sent and answered");
        Assert.Equal(1, teams.Refunded("ch_critical"));
    }
}
