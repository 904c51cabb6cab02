using System.Collections.Concurrent;
using AiAccessProxy.Approvals;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Tests.Approvals;

public class OnceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hundred_identical_calls_at_once_are_one_ticket_one_execution_and_ninety_nine_that_hear_of_it()
    {
        await using var desk = await OpenDesk.OpenAsync();
        var calls = Enumerable.Range(0, 100).Select(_ => Task.Run(() => desk.CallAsync(Some.Waitable()))).ToList();
        await desk.HeldAsync(100);

        await desk.ApproveAsync((await desk.TicketAsync()).Id);
        var clearances = await Task.WhenAll(calls);

        Assert.Equal(1, desk.Sent);
        Assert.Single(clearances.OfType<Clearance.Go>());
        var refused = clearances.OfType<Clearance.No>().Select(no => no.Refused).ToList();
        Assert.Equal(99, refused.Count);
        Assert.All(refused, one => Assert.Equal(200, Assert.IsType<Refused.AlreadyExecuted>(one).Ticket.Execution!.Status));
        Assert.Equal(99, refused.Select(one => one.Record).OfType<Guid>().Distinct().Count());
        var kinds = await desk.KindsAsync();
        Assert.Single(kinds, RecordKind.TicketOpened);
        Assert.Single(kinds, RecordKind.TicketExecuting);
        Assert.Single(kinds, RecordKind.CallExecuted);
    }

    [Fact]
    public async Task Of_the_calls_held_by_two_instances_one_is_sent()
    {
        var time = new ManualTime();
        using var ledger = await Some.OpenLedgerAsync(time);
        for (var round = 0; round < 20; round++)
        {
            await using var one = await OpenDesk.OpenAsync(time, ledger: ledger);
            await using var two = await OpenDesk.OpenAsync(time, ledger: ledger);
            var bound = Some.Waitable($"/v1/charges/{round}");
            var calls = new[] { one, one, two, two }.Select(desk => desk.CallAsync(bound)).ToList();
            await one.HeldAsync(2);
            await two.HeldAsync(2);

            await (round % 2 == 0 ? one : two).ApproveAsync((await one.TicketAsync()).Id);
            var clearances = await Task.WhenAll(calls);

            Assert.Equal(1, one.Sent + two.Sent);
            Assert.Equal(3, clearances.OfType<Clearance.No>().Count(no => no.Refused is Refused.AlreadyExecuted));
        }
    }

    [Fact]
    public async Task Two_reviewers_who_click_together_make_one_decision()
    {
        await using var desk = await OpenDesk.OpenAsync();
        for (var round = 0; round < 30; round++)
        {
            await desk.CallAsync(Some.Waitable($"/v1/charges/{round}"), TimeSpan.Zero);
            var id = (await desk.LiveAsync()).Single(ticket => ticket.Status == TicketStatus.Pending).Id;
            using var start = new Barrier(2);
            var votes = new[] { ("grace", true), ("heidi", false) }.Select(vote => Task.Run(async () =>
            {
                start.SignalAndWait(Token);
                return await desk.Desk.VoteAsync(id, Some.Ballot(vote.Item1, vote.Item2), Token);
            }));

            var outcomes = await Task.WhenAll(votes);

            var counted = Assert.Single(outcomes.OfType<VoteOutcome.Counted>());
            var finished = Assert.Single(outcomes.OfType<VoteOutcome.Finished>());
            Assert.Equal(counted.Ticket.Status, finished.Ticket.Status);
            var records = (await desk.RecordsAsync()).Where(record => record.Ticket == id.Value).Select(record => record.Kind).ToList();
            Assert.Single(records, kind => kind is RecordKind.TicketApproved or RecordKind.TicketDenied);
            Assert.Single(records, RecordKind.VoteRefused);
        }
    }

    [Fact]
    public async Task A_vote_in_the_same_instant_as_expiry_is_either_in_time_or_too_late()
    {
        await using var desk = await OpenDesk.OpenAsync();
        var ends = new HashSet<TicketStatus>();
        for (var round = 0; round < 60; round++)
        {
            await desk.CallAsync(Some.Waitable($"/v1/charges/{round}"), TimeSpan.Zero);
            var ticket = (await desk.LiveAsync()).Single(one => one.Status == TicketStatus.Pending);
            desk.Time.Advance(ticket.DecideBy - desk.Time.GetUtcNow() - TimeSpan.FromMilliseconds(1));
            using var start = new Barrier(2);
            var vote = Task.Run(async () =>
            {
                start.SignalAndWait(Token);
                return await desk.Desk.VoteAsync(ticket.Id, Some.Ballot("grace"), Token);
            });
            start.SignalAndWait(Token);
            if (round % 3 > 0) await Task.Yield();
            desk.Time.Advance(TimeSpan.FromMilliseconds(1));

            var outcome = await vote;
            await desk.AdvanceUntilAsync(async () => (await desk.TicketAsync(ticket.Id)).Status != TicketStatus.Pending);
            var end = (await desk.TicketAsync(ticket.Id)).Status;
            var kinds = (await desk.RecordsAsync()).Where(record => record.Ticket == ticket.Id.Value).Select(record => record.Kind).ToList();
            Assert.Equal(outcome is VoteOutcome.Counted, kinds.Contains(RecordKind.VoteApprove));
            Assert.Equal(outcome is VoteOutcome.Counted, !kinds.Contains(RecordKind.TicketExpired));
            Assert.Equal(outcome is VoteOutcome.Counted, end is TicketStatus.Approved or TicketStatus.Lapsed);
            ends.Add(end);
            await desk.AdvanceUntilAsync(async () => (await desk.LiveAsync()).Count == 0, TimeSpan.FromMinutes(1));
        }

        Assert.NotEmpty(ends);
    }

    [Fact]
    public async Task Whatever_happens_at_once_on_two_instances_no_ticket_is_executed_twice_or_without_its_votes()
    {
        var time = new ManualTime();
        using var ledger = await Some.OpenLedgerAsync(time);
        await using var one = await OpenDesk.OpenAsync(time, ledger: ledger);
        await using var two = await OpenDesk.OpenAsync(time, ledger: ledger);
        var sent = new ConcurrentBag<Guid>();
        var asked = 0;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        stop.CancelAfter(TimeSpan.FromSeconds(4));
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var clock = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                time.Advance(TimeSpan.FromMilliseconds(300));
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, CancellationToken.None);
            }
        });
        var workers = Enumerable.Range(0, 12).Select(worker => Task.Run(async () =>
        {
            var random = new Random(worker);
            while (!stop.IsCancellationRequested)
            {
                var desk = random.Next(2) == 0 ? one : two;
                switch (random.Next(5))
                {
                    case < 3:
                        using (var gone = new CancellationTokenSource())
                        {
                            var call = desk.CallAsync(
                                Some.Waitable($"/v1/charges/{Interlocked.Increment(ref asked) / 8}"),
                                TimeSpan.FromSeconds(random.Next(30)),
                                cleared =>
                                {
                                    sent.Add(cleared.Record.Id);
                                    return Task.FromResult<AiAccessProxy.Actions.ActionOutcome>(OpenDesk.Answer(delivered: random.Next(2) == 0));
                                },
                                gone.Token);
                            if (random.Next(4) == 0) await gone.CancelAsync();
                            await ((Task)call).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                            if (call.IsFaulted) await call;
                        }

                        break;
                    case 3:
                        foreach (var ticket in await desk.LiveAsync())
                            await desk.Desk.VoteAsync(ticket.Id, Some.Ballot(random.Next(2) == 0 ? "grace" : "heidi", random.Next(6) > 0), CancellationToken.None);
                        break;
                    default:
                        if (random.Next(4) == 0 && (await desk.LiveAsync()).FirstOrDefault() is { } any)
                            await desk.Desk.CancelAsync(any.Id, any.Agent.Id, CancellationToken.None);
                        break;
                }
            }
        })).ToList();
        await Task.WhenAll(workers);
        await done.CancelAsync();
        await clock;

        var records = await one.RecordsAsync();
        Assert.True(sent.Count > 20, $"only {sent.Count} calls were sent: nothing was shown");
        Assert.Equal(sent.Order(), records.Where(record => record.Kind == RecordKind.TicketExecuting).Select(record => record.Id).Order());
        foreach (var story in records.Where(record => record.Ticket is not null && record.Kind != RecordKind.Refused && record.Kind != RecordKind.VoteRefused).GroupBy(record => record.Ticket))
        {
            var kinds = string.Join(' ', story.Select(record => record.Kind));
            Assert.Matches(
                @"^ticket\.opened( ticket\.(expired|cancelled)| vote\.deny ticket\.denied| vote\.approve ticket\.approved( ticket\.(lapsed|cancelled)| ticket\.executing call\.executed)?)?$",
                kinds);
        }
    }
}
