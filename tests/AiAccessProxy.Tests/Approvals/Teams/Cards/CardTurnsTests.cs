using System.Text.Json;
using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Approvals.Teams.Cards;
using AiAccessProxy.Approvals.Teams.Inbound;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Approvals.Teams.Cards;

/// <summary>Of all clicks on a card the first valid one of each person counts, and everybody is told what became of theirs.</summary>
public class CardTurnsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_click_of_a_reviewer_counts_once_however_often_it_comes()
    {
        var teams = new PaperTeams();
        await using var desk = await OpenAsync(teams);
        var card = await CardAsync(desk, teams);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => AnswerAsync(desk, PaperTeams.Click(card, "grace", CardVerbs.Approve, "fine"))));

        var ticket = await desk.TicketAsync(card.Copy.Sight.Ticket.Id);
        Assert.Equal(TicketStatus.Approved, ticket.Status);
        // In a trace of its own as soon as anybody listens, which other tests may do meanwhile.
        Assert.Equal(new Vote("grace", true, "fine", desk.Time.GetUtcNow(), "teams", "entra"), Assert.Single(ticket.Votes) with { Traceparent = null });
        Assert.Single(answers, answer => answer.Contains("Your approval was counted.", StringComparison.Ordinal));
        Assert.All(answers, answer => Assert.DoesNotContain(CardVerbs.Deny, Verbs(answer)));
    }

    [Fact]
    public async Task Two_people_who_click_at_once_both_count()
    {
        var teams = new PaperTeams();
        await using var desk = await OpenAsync(teams, Some.ApprovalRule(new Need(2, ["group:finance"])));
        var card = await CardAsync(desk, teams);

        await Task.WhenAll(new[] { "grace", "heidi" }.Select(person => AnswerAsync(desk, PaperTeams.Click(card, person, CardVerbs.Approve))));

        var ticket = await desk.TicketAsync(card.Copy.Sight.Ticket.Id);
        Assert.Equal(TicketStatus.Approved, ticket.Status);
        Assert.Equal(["grace", "heidi"], ticket.Votes.Select(vote => vote.Person).Order());
    }

    [Fact]
    public async Task A_copy_of_a_card_decides_nothing_in_another_chat_or_under_another_activity()
    {
        var teams = new PaperTeams();
        await using var desk = await OpenAsync(teams);
        var card = await CardAsync(desk, teams);
        var good = PaperTeams.Click(card, "grace", CardVerbs.Approve);

        foreach (var forged in new Turn[]
        {
            good with { In = PaperTeams.Chat("elsewhere") },
            good with { In = good.In with { Tenant = "tenant-2" } },
            good with { Card = "activity-99" },
            good with { Data = JsonSerializer.SerializeToElement(new { ticket = card.Copy.Sight.Ticket.Id.Value, copy = new string('0', 32) }) },
            good with { Data = JsonSerializer.SerializeToElement(new { ticket = "t_other", copy = card.Copy.Nonce }) },
            good with { Data = JsonSerializer.SerializeToElement(new { ticket = 1, copy = card.Copy.Nonce }) },
            good with { Data = JsonSerializer.SerializeToElement("text") },
            good with { By = new Sender.Nobody("You are not known here.") },
            good with { Verb = "approve-all" },
        })
        {
            var answer = await desk.Get<CardTurns>().AnswerAsync(forged, Token);
            Assert.True(answer is InvokeAnswer.Words or InvokeAnswer.Card);
            Assert.Empty((await desk.TicketAsync(card.Copy.Sight.Ticket.Id)).Votes);
        }

        Assert.Contains("counted", await AnswerAsync(desk, good), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_clicks_late_is_told_how_it_ended()
    {
        var teams = new PaperTeams();
        await using var desk = await OpenAsync(teams);
        var card = await CardAsync(desk, teams);
        await desk.AdvanceUntilAsync(async () => (await desk.TicketAsync(card.Copy.Sight.Ticket.Id)).IsOver, TimeSpan.FromSeconds(20));

        var answer = await AnswerAsync(desk, PaperTeams.Click(card, "grace", CardVerbs.Approve));

        Assert.Contains("no longer pending: it is expired", answer, StringComparison.Ordinal);
        Assert.Empty(Verbs(answer).Except([CardVerbs.Refresh]));
        Assert.Equal(TicketStatus.Expired, (await desk.TicketAsync(card.Copy.Sight.Ticket.Id)).Status);
    }

    [Fact]
    public async Task A_refresh_decides_nothing_and_shows_each_what_they_may_do()
    {
        var teams = new PaperTeams();
        await using var desk = await OpenAsync(teams);
        var card = await CardAsync(desk, teams);

        var reviewer = await AnswerAsync(desk, PaperTeams.Refresh(card, "grace"));
        var requester = await AnswerAsync(desk, PaperTeams.Refresh(card, "joan"));
        var stranger = await AnswerAsync(desk, PaperTeams.Refresh(card, "judy"));

        Assert.Superset(new HashSet<string> { CardVerbs.Approve, CardVerbs.Deny }, Verbs(reviewer).ToHashSet());
        Assert.Equal([CardVerbs.Refresh], Verbs(requester));
        Assert.Contains("it acts for you", requester, StringComparison.Ordinal);
        Assert.Equal([CardVerbs.Refresh], Verbs(stranger));
        Assert.Contains("not among the reviewers", stranger, StringComparison.Ordinal);
        Assert.Empty((await desk.TicketAsync(card.Copy.Sight.Ticket.Id)).Votes);
    }

    [Fact]
    public async Task What_is_critical_takes_a_second_tap()
    {
        var teams = new PaperTeams();
        await using var desk = await OpenAsync(teams, Some.ApprovalRule() with { Risk = Risk.Critical });
        var card = await CardAsync(desk, teams);

        var first = await AnswerAsync(desk, PaperTeams.Click(card, "grace", CardVerbs.Approve, "because"));
        Assert.Contains(CardVerbs.Confirm, Verbs(first));
        Assert.Contains("because", first, StringComparison.Ordinal);
        Assert.Empty((await desk.TicketAsync(card.Copy.Sight.Ticket.Id)).Votes);
        Assert.DoesNotContain(CardVerbs.Confirm, Verbs(await AnswerAsync(desk, PaperTeams.Click(card, "judy", CardVerbs.Approve))));

        await AnswerAsync(desk, PaperTeams.Click(card, "grace", CardVerbs.Confirm, "because"));
        Assert.Equal(TicketStatus.Approved, (await desk.TicketAsync(card.Copy.Sight.Ticket.Id)).Status);
    }

    [Fact]
    public async Task A_denial_needs_a_reason_that_is_chosen_or_typed()
    {
        var teams = new PaperTeams();
        await using var desk = await OpenAsync(teams);
        var card = await CardAsync(desk, teams);

        Assert.Contains("Nothing was done", await AnswerAsync(desk, PaperTeams.Click(card, "grace", CardVerbs.Deny, " ", "made-up")), StringComparison.Ordinal);
        Assert.Contains("Nothing was done", await AnswerAsync(desk, PaperTeams.Click(card, "grace", CardVerbs.Deny, new string('x', 1001))), StringComparison.Ordinal);
        Assert.Empty((await desk.TicketAsync(card.Copy.Sight.Ticket.Id)).Votes);

        await AnswerAsync(desk, PaperTeams.Click(card, "grace", CardVerbs.Deny, "ask Ada", "wrong"));
        var ticket = await desk.TicketAsync(card.Copy.Sight.Ticket.Id);
        Assert.Equal((TicketStatus.Denied, "The target or a value is wrong: ask Ada"), (ticket.Status, ticket.EndedBecause));
    }

    [Fact]
    public async Task What_is_not_wholly_on_the_card_cannot_be_approved_there_but_denied()
    {
        var teams = new PaperTeams();
        await using var desk = await OpenAsync(teams);
        var card = await CardAsync(desk, teams, target: $"/v1/charges/{new string('c', 7000)}/refunds");

        var answer = await AnswerAsync(desk, PaperTeams.Click(card, "grace", CardVerbs.Approve));
        Assert.DoesNotContain(CardVerbs.Approve, Verbs(answer));
        Assert.Contains("Open the page to approve", answer, StringComparison.Ordinal);
        await AnswerAsync(desk, PaperTeams.Click(card, "grace", CardVerbs.Confirm));
        Assert.Empty((await desk.TicketAsync(card.Copy.Sight.Ticket.Id)).Votes);

        await AnswerAsync(desk, PaperTeams.Click(card, "grace", CardVerbs.Deny, why: "unclear"));
        Assert.Equal(TicketStatus.Denied, (await desk.TicketAsync(card.Copy.Sight.Ticket.Id)).Status);
    }

    [Fact]
    public async Task A_card_of_which_nobody_heard_where_it_stands_is_bound_by_the_first_who_comes_from_its_place()
    {
        var teams = new PaperTeams { LosesAnswers = true };
        await using var desk = await OpenAsync(teams);
        var card = await CardAsync(desk, teams);

        var elsewhere = PaperTeams.Click(card, "grace", CardVerbs.Approve) with { In = PaperTeams.Chat("elsewhere") };
        Assert.IsType<InvokeAnswer.Words>(await desk.Get<CardTurns>().AnswerAsync(elsewhere, Token));
        Assert.Contains(CardVerbs.Approve, Verbs(await AnswerAsync(desk, PaperTeams.Refresh(card, "heidi"))));
        Assert.IsType<InvokeAnswer.Words>(await desk.Get<CardTurns>().AnswerAsync(PaperTeams.Click(card, "grace", CardVerbs.Approve) with { Card = "copied" }, Token));
        Assert.Empty((await desk.TicketAsync(card.Copy.Sight.Ticket.Id)).Votes);

        await AnswerAsync(desk, PaperTeams.Click(card, "grace", CardVerbs.Approve));
        Assert.Equal(TicketStatus.Approved, (await desk.TicketAsync(card.Copy.Sight.Ticket.Id)).Status);
    }

    [Fact]
    public async Task A_card_of_which_nobody_heard_says_how_its_ticket_ended_to_whoever_looks_at_it()
    {
        var teams = new PaperTeams { LosesAnswers = true };
        await using var desk = await OpenAsync(teams);
        var card = await CardAsync(desk, teams);
        await desk.Desk.CancelAsync(card.Copy.Sight.Ticket.Id, "billing-bot", Token);

        foreach (var look in new Turn[] { PaperTeams.Refresh(card, "heidi"), PaperTeams.Click(card, "grace", CardVerbs.Approve) })
            Assert.Equal([CardVerbs.Refresh], Verbs(await AnswerAsync(desk, look)));
        Assert.Equal(TicketStatus.Cancelled, (await desk.TicketAsync(card.Copy.Sight.Ticket.Id)).Status);
    }

    [Fact]
    public async Task Of_clicks_in_whatever_order_the_first_valid_one_of_each_person_counts_and_everybody_is_answered()
    {
        var random = new Random(23);
        for (var run = 0; run < Some.Runs(15); run++)
        {
            var teams = new PaperTeams();
            await using var desk = await OpenAsync(teams, Some.ApprovalRule(new Need(2, ["group:finance"])));
            var card = await CardAsync(desk, teams);
            Turn[] clicks =
            [
                .. new[] { "grace", "heidi", "ivan" }.Select(person => PaperTeams.Click(card, person, CardVerbs.Approve)),
                .. new[] { "grace", "heidi" }.Select(person => PaperTeams.Click(card, person, CardVerbs.Approve) with { In = PaperTeams.Chat("elsewhere") }),
                PaperTeams.Click(card, "judy", CardVerbs.Approve), PaperTeams.Click(card, "joan", CardVerbs.Approve), PaperTeams.Refresh(card, "ivan"),
                PaperTeams.Click(card, "grace", CardVerbs.Approve), PaperTeams.Click(card, "ivan", CardVerbs.Deny, "no"), PaperTeams.Click(card, "ivan", CardVerbs.Deny),
            ];
            random.Shuffle(clicks);
            var (votes, isOpen) = (new List<(string Person, bool Approve)>(), true);
            foreach (var click in clicks)
            {
                var answer = await desk.Get<CardTurns>().AnswerAsync(click, Token);
                Assert.True(answer is InvokeAnswer.Words { Text.Length: > 0 } or InvokeAnswer.Card);
                if (click is not Turn.Click { By: Sender.Known by } decides) continue;
                if (answer is InvokeAnswer.Card(var content)) Assert.Matches("Your (approval|denial) was counted|Your vote (did not count|was counted before)|Nothing was done", content.ToJsonString());
                var isDenial = decides.Verb == CardVerbs.Deny;
                var isValid = isOpen && decides.In.Root == PaperTeams.Chat("approvals").Root && by.Person.Id is "grace" or "heidi" or "ivan"
                    && (!isDenial || CardData.Of(decides.Data)!.Typed is not null) && votes.All(vote => vote.Person != by.Person.Id);
                if (!isValid) continue;
                votes.Add((by.Person.Id, !isDenial));
                isOpen = !isDenial && votes.Count < 2;
            }

            var ticket = await desk.TicketAsync(card.Copy.Sight.Ticket.Id);
            Assert.Equal(votes, ticket.Votes.Select(vote => (vote.Person, vote.Approve)));
            Assert.Equal(votes.Exists(vote => !vote.Approve) ? TicketStatus.Denied : TicketStatus.Approved, ticket.Status);
        }
    }

    private static Task<OpenDesk> OpenAsync(PaperTeams teams, Rule? rule = null) => OpenDesk.OpenAsync(
        rules: Some.Rules((rule ?? Some.ApprovalRule()) with { Notify = [new("teams", "approvals")] }), channel: teams);

    private static async Task<(CardAddress Address, CardCopy Copy)> CardAsync(OpenDesk desk, PaperTeams teams, string target = "/v1/charges/ch_1/refunds")
    {
        await desk.Desk.ConsentAsync(Some.Waitable(target, rules: desk.Policies.Current), new(TimeSpan.Zero, WhenPending.Refuse), Token);
        await OpenDesk.UntilAsync(() => !teams.Posted.IsEmpty);
        var card = teams.Posted.First();
        // Until it is on record where it stands, or that nobody knows.
        await OpenDesk.UntilAsync(() => desk.Get<CardTracks>().ReadAsync(card.Copy.Sight.Ticket.Id, Token).AsTask().Result?.Track.Courier is null);
        return card;
    }

    private static async Task<string> AnswerAsync(OpenDesk desk, Turn turn) => await desk.Get<CardTurns>().AnswerAsync(turn, Token) switch
    {
        InvokeAnswer.Card(var content) => content.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }),
        var other => throw new ArgumentException($"{other} is no card."),
    };

    private static List<string> Verbs(string card)
    {
        using var parsed = JsonDocument.Parse(card);
        return [.. CardSkeleton.Strings(parsed.RootElement, "verb")];
    }
}
