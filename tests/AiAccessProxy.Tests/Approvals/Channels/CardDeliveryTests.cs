using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Approvals.Channels;

/// <summary>Whatever fails, every ticket is told of once in every place, and every card says in the end how its ticket stands.</summary>
public class CardDeliveryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_instances_show_one_card_in_each_place_and_change_it_with_every_edge()
    {
        var (time, wall) = (new ManualTime(), new PaperChannel());
        using var ledger = await Some.OpenLedgerAsync(time);
        var rules = Rules("paper:security", "paper:finance");
        await using var one = await OpenDesk.OpenAsync(time, ledger: ledger, rules: rules, channel: wall);
        await using var two = await OpenDesk.OpenAsync(time, ledger: ledger, rules: rules, channel: wall);
        using var gone = new CancellationTokenSource();

        var call = one.CallAsync(Some.Waitable(rules: rules), gone: gone.Token);
        await OpenDesk.UntilAsync(() => wall.Cards.Count == 2);
        var ticket = await one.TicketAsync();
        await two.ApproveAsync(ticket.Id);
        await call;
        await UntilSettledAsync(one, ticket.Id);

        Assert.Equal(["finance", "security"], wall.Cards.Values.Select(card => card.Place).Order());
        Assert.All(wall.Cards.Values, card => Assert.Equal(TicketStatus.Executed, card.Status));
        var told = (await one.RecordsAsync()).Where(record => record.Kind is RecordKind.TicketRouted or RecordKind.TicketNotified).ToList();
        Assert.Equal("paper:finance, paper:security", told[0].Detail);
        Assert.Equal("told that it is over: paper:finance, paper:security", told[^1].Detail);
        Assert.All(told, record => Assert.Equal(ticket.Id.Value, record.Ticket));
    }

    [Fact]
    public async Task A_card_comes_although_every_hint_is_lost()
    {
        var (time, wall) = (new ManualTime(), new PaperChannel());
        using var ledger = await Some.OpenLedgerAsync(time);
        await using var desk = await OpenDesk.OpenAsync(time, ledger: new FragileLedger(ledger), rules: Rules("paper:security"), channel: wall);
        var ticket = await OpenedAsync(desk);

        await desk.AdvanceUntilAsync(() => Task.FromResult(wall.Cards.Count == 1));
        await desk.ApproveAsync(ticket.Id);
        await desk.AdvanceUntilAsync(() => Task.FromResult(Assert.Single(wall.Cards.Values).Status == TicketStatus.Approved));
    }

    [Fact]
    public async Task Whoever_dies_before_showing_a_card_is_replaced_when_its_lease_is_over()
    {
        var (time, wall) = (new ManualTime(), new PaperChannel());
        using var ledger = await Some.OpenLedgerAsync(time);
        var rules = Rules("paper:security");
        var dying = new FragileLedger(ledger);
        await using var first = await OpenDesk.OpenAsync(time, ledger: dying, rules: rules, start: false, channel: wall);
        wall.Before = _ =>
        {
            dying.IsGone = true;
            return new CardOutcome.Unreachable("it died");
        };
        var ticket = await OpenedAsync(first);
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => first.Get<CardCourier>().CarryAsync(ticket.Id, Token));
        wall.Before = _ => null;

        await using var second = await OpenDesk.OpenAsync(time, ledger: ledger, rules: rules, channel: wall);
        var before = time.GetUtcNow();
        await second.AdvanceUntilAsync(() => Task.FromResult(wall.Cards.Count == 1));

        Assert.True(time.GetUtcNow() - before >= CardCourier.Lease);
        Assert.True(time.GetUtcNow() - before < CardCourier.Lease + TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Whoever_dies_after_showing_a_card_leaves_one_copy_that_is_known_by_its_nonce_and_dies_with_the_other()
    {
        var (time, wall) = (new ManualTime(), new PaperChannel());
        using var ledger = await Some.OpenLedgerAsync(time);
        var rules = Rules("paper:security");
        var dying = new FragileLedger(ledger);
        await using var first = await OpenDesk.OpenAsync(time, ledger: dying, rules: rules, start: false, channel: wall);
        wall.After = _ =>
        {
            dying.IsGone = true;
            return null;
        };
        var ticket = await OpenedAsync(first);
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => first.Get<CardCourier>().CarryAsync(ticket.Id, Token));
        wall.After = _ => null;
        var orphan = Assert.Single(wall.Cards.Values);

        await using var second = await OpenDesk.OpenAsync(time, ledger: ledger, rules: rules, channel: wall);
        await second.AdvanceUntilAsync(() => Task.FromResult(wall.Cards.Count == 2));
        await OpenDesk.UntilAsync(() => TrackAsync(second, ticket.Id).Result is { Courier: null });
        var track = await second.Get<CardTracks>().ReadAsync(ticket.Id, Token);
        Assert.Null(track!.Track.Find(orphan.Nonce)!.Address);

        // Somebody looks at it.
        Assert.True(await second.Get<CardTracks>().TryMoveAsync(track, CardPlan.Found(track.Track, orphan.Nonce, orphan.Address), []));
        var denied = await second.Desk.VoteAsync(ticket.Id, Some.Ballot("grace", approve: false, "no"), Token);
        Assert.IsType<VoteOutcome.Counted>(denied);
        await second.AdvanceUntilAsync(() => Task.FromResult(wall.Cards.Values.All(card => card.Status == TicketStatus.Denied)));

        Assert.Equal(2, wall.Cards.Count);
    }

    [Fact]
    public async Task In_an_outage_tickets_wait_and_are_told_of_afterwards()
    {
        var (time, wall) = (new ManualTime(), new PaperChannel { Before = _ => new CardOutcome.Unreachable("no route") });
        await using var desk = await OpenDesk.OpenAsync(time, rules: Rules("paper:security"), channel: wall);
        var ticket = await OpenedAsync(desk);
        var until = time.GetUtcNow() + TimeSpan.FromMinutes(20);
        await desk.AdvanceUntilAsync(() => Task.FromResult(time.GetUtcNow() >= until), TimeSpan.FromSeconds(5));
        Assert.Empty(wall.Cards);
        Assert.Single(desk.Get<ChannelAlarm>().Failing);

        wall.Before = _ => null;
        await desk.AdvanceUntilAsync(() => Task.FromResult(wall.Cards.Count == 1), TimeSpan.FromSeconds(1));
        Assert.Equal(ticket.Id, Assert.Single(wall.Cards.Values).Ticket);
        await OpenDesk.UntilAsync(() => desk.Get<ChannelAlarm>().Failing.Count == 0);
    }

    [Fact]
    public async Task A_ticket_that_is_over_before_its_channel_works_again_is_told_of_nowhere()
    {
        var (time, wall) = (new ManualTime(), new PaperChannel { Before = _ => new CardOutcome.Throttled(TimeSpan.FromSeconds(30)) });
        await using var desk = await OpenDesk.OpenAsync(time, rules: Rules("paper:security"), channel: wall);
        var ticket = await OpenedAsync(desk);
        await desk.AdvanceUntilAsync(async () => (await desk.TicketAsync(ticket.Id)).IsOver, TimeSpan.FromSeconds(10));
        wall.Before = _ => null;
        await UntilSettledAsync(desk, ticket.Id);

        Assert.Empty(wall.Cards);
        Assert.Equal("it was over before anybody was told", (await desk.RecordsAsync()).Last(record => record.Kind == RecordKind.TicketNotified).Detail);
    }

    [Fact]
    public async Task A_card_that_stood_when_its_channel_went_away_says_afterwards_that_it_is_over()
    {
        var (time, wall) = (new ManualTime(), new PaperChannel());
        await using var desk = await OpenDesk.OpenAsync(time, rules: Rules("paper:security"), channel: wall);
        var ticket = await OpenedAsync(desk);
        await OpenDesk.UntilAsync(() => wall.Cards.Count == 1);
        wall.Before = _ => new CardOutcome.Unreachable("no route");
        await desk.AdvanceUntilAsync(async () => (await desk.TicketAsync(ticket.Id)).IsOver, TimeSpan.FromSeconds(10));
        Assert.Equal(TicketStatus.Pending, Assert.Single(wall.Cards.Values).Status);

        wall.Before = _ => null;
        await UntilSettledAsync(desk, ticket.Id);

        Assert.Equal(TicketStatus.Expired, Assert.Single(wall.Cards.Values).Status);
        Assert.Equal("told that it is over: paper:security", (await desk.RecordsAsync()).Last(record => record.Kind == RecordKind.TicketNotified).Detail);
    }

    [Fact]
    public async Task However_a_channel_throttles_no_card_ever_goes_back_to_what_it_said_before()
    {
        for (var run = 0; run < Some.Runs(10); run++)
        {
            var (random, chance) = (new Random(run), new Random(-run));
            var (time, wall) = (new ManualTime(), new PaperChannel());
            var calm = false;
            // Each try is asked to wait a time of its own, so that a later one would overtake an earlier one if it could.
            wall.Before = _ => Draw(chance, calm, 2) == 0 ? new CardOutcome.Throttled(TimeSpan.FromSeconds(chance.Next(1, 20))) : null;
            await using var desk = await OpenDesk.OpenAsync(time, rules: Rules(Some.ApprovalRule(new Need(4, ["group:finance"])), "paper:a", "paper:b"), channel: wall);
            var ticket = await OpenedAsync(desk);
            foreach (var person in new[] { "grace", "heidi" })
            {
                for (var step = random.Next(6); step >= 0; step--) time.Advance(TimeSpan.FromSeconds(random.Next(1, 5)));
                await desk.ApproveAsync(ticket.Id, person);
            }

            await desk.AdvanceUntilAsync(() => Task.FromResult(wall.Cards.Count == 2 && wall.Cards.Values.All(card => card.Votes == 2)), TimeSpan.FromSeconds(1));
            await desk.Desk.CancelAsync(ticket.Id, "billing-bot", Token);
            calm = true;
            await UntilSettledAsync(desk, ticket.Id);

            Assert.Equal(2, wall.Cards.Count);
            Assert.All(wall.Said.GroupBy(one => one.Address), card => Assert.Equal(card.Select(one => one.Stage).Order(), card.Select(one => one.Stage)));
        }
    }

    [Fact]
    public async Task A_place_that_is_gone_is_replaced_by_the_default_and_then_by_the_console_with_an_alarm()
    {
        var (time, wall) = (new ManualTime(), new PaperChannel { Before = place => place == "security" ? new CardOutcome.Gone("removed") : null });
        await using var desk = await OpenDesk.OpenAsync(
            time, rules: Rules("paper:security", "slack:nowhere"), channel: wall, settings: [("channels:default", "paper:approvals")]);
        await OpenedAsync(desk);

        await desk.AdvanceUntilAsync(async () => (await desk.KindsAsync()).Contains(RecordKind.TicketUnnotified));
        await OpenDesk.UntilAsync(() => wall.Cards.Count == 1);
        Assert.Equal("approvals", Assert.Single(wall.Cards.Values).Place);
        Assert.Single(await desk.KindsAsync(), RecordKind.TicketUnnotified);
    }

    [Fact]
    public async Task Reviewers_are_told_personally_but_for_those_who_answer_for_the_agent_or_cannot_be_reached()
    {
        var (time, wall) = (new ManualTime(), new PaperChannel());
        await using var desk = await OpenDesk.OpenAsync(time, rules: Rules("paper:reviewers"), channel: wall);
        await OpenedAsync(desk);

        // Finance is ada, who owns it, joan, for whom it acts, ivan, who has no chat, and these two.
        await OpenDesk.UntilAsync(() => wall.Cards.Count == 2);
        Assert.Equal(["person.grace", "person.heidi"], wall.Cards.Values.Select(card => card.Place).Order());
    }

    [Fact]
    public async Task Without_a_place_of_its_own_a_ticket_is_told_of_in_the_first_default_or_on_the_console_alone()
    {
        var wall = new PaperChannel();
        await using var named = await OpenDesk.OpenAsync(rules: Rules(), channel: wall, settings: [("channels:default", "paper:a,paper:b")]);
        await OpenedAsync(named);
        await OpenDesk.UntilAsync(() => wall.Cards.Count == 1);
        Assert.Equal("a", Assert.Single(wall.Cards.Values).Place);

        await using var unnamed = await OpenDesk.OpenAsync(rules: Rules(), channel: new PaperChannel());
        var ticket = await OpenedAsync(unnamed);
        await unnamed.Get<CardCourier>().CarryAsync(ticket.Id, Token);
        Assert.Null(await TrackAsync(unnamed, ticket.Id));
    }

    [Fact]
    public async Task Under_two_instances_and_a_channel_that_fails_as_it_likes_no_card_is_lost_or_left_behind()
    {
        for (var run = 0; run < Some.Runs(15); run++)
        {
            var (random, chance) = (new Random(run), new Random(-run));
            var (time, wall) = (new ManualTime(), new PaperChannel());
            var doubtful = 0;
            var calm = false;
            wall.Before = _ => Draw(chance, calm, 3) switch { 0 => new CardOutcome.Throttled(TimeSpan.FromSeconds(2)), 1 => new CardOutcome.Unreachable("no route"), _ => null };
            wall.After = _ =>
            {
                if (Draw(chance, calm, 6) != 0) return null;
                Interlocked.Increment(ref doubtful);
                return new CardOutcome.Unreachable("no answer");
            };
            using var ledger = await Some.OpenLedgerAsync(time);
            var rules = Rules(Some.ApprovalRule(new Need(4, ["group:finance"])), "paper:a", "paper:b");
            await using var one = await OpenDesk.OpenAsync(time, ledger: ledger, rules: rules, channel: wall);
            await using var two = await OpenDesk.OpenAsync(time, ledger: random.Next(2) == 0 ? ledger : new FragileLedger(ledger), rules: rules, channel: wall);
            var ticket = await OpenedAsync(one);
            for (var step = 0; step < 8; step++)
            {
                time.Advance(TimeSpan.FromSeconds(random.Next(1, 8)));
                if (random.Next(4) == 0) await (random.Next(2) == 0 ? one : two).Desk.VoteAsync(ticket.Id, Some.Ballot("grace"), Token);
                if (random.Next(4) == 0) await one.Desk.VoteAsync(ticket.Id, Some.Ballot("heidi"), Token);
            }

            calm = true;
            await one.AdvanceUntilAsync(async () => await TrackAsync(one, ticket.Id) is { Courier: null } track && track.Places.All(place => place.Stands), TimeSpan.FromSeconds(1));
            await one.Desk.CancelAsync(ticket.Id, "billing-bot", Token);
            await UntilSettledAsync(one, ticket.Id);

            var end = await one.TicketAsync(ticket.Id);
            var track = (await TrackAsync(one, ticket.Id))!;
            var known = track.Places.SelectMany(place => place.Attempts).Where(attempt => attempt.Stands).Select(attempt => wall.Cards[attempt.Address!]).ToList();
            Assert.All(known, card => Assert.Equal(end.Status, card.Status));
            Assert.Equal(["a", "b"], known.Select(card => card.Place).Distinct().Order());
            Assert.Equal(2, known.Count);
            Assert.InRange(wall.Cards.Count, 2, 2 + doubtful);
            // Those that nobody heard of are known by their nonces.
            Assert.All(wall.Cards.Values, card => Assert.NotNull(track.Find(card.Nonce)));
        }
    }

    private static int Draw(Random random, bool calm, int most)
    {
        lock (random) return calm ? int.MaxValue : random.Next(most);
    }

    private static PolicySnapshot Rules(params string[] places) => Rules(Some.ApprovalRule(), places);

    private static PolicySnapshot Rules(Rule rule, params string[] places) => Some.Rules(rule with
    {
        Notify = [.. places.Select(text => NotifyPlace.TryParse(text, out var place) ? place : throw new ArgumentException(text))],
    });

    private static async Task<Ticket> OpenedAsync(OpenDesk desk)
    {
        var bound = Some.Waitable(rules: desk.Policies.Current);
        var verdict = await desk.Desk.ConsentAsync(bound, new(TimeSpan.Zero, WhenPending.Refuse), Token);
        return Assert.IsType<Refused.StillPending>(Assert.IsType<Verdict.No>(verdict).Refused).Ticket;
    }

    private static async Task<CardTrack?> TrackAsync(OpenDesk desk, TicketId id) => (await desk.Get<CardTracks>().ReadAsync(id, Token))?.Track;

    /// <summary>Every card says that it is over, and that is on record.</summary>
    private static Task UntilSettledAsync(OpenDesk desk, TicketId id) => desk.AdvanceUntilAsync(
        async () => await desk.Get<CardTracks>().ReadAsync(id, Token) is { IsLive: false }, TimeSpan.FromSeconds(1));
}
