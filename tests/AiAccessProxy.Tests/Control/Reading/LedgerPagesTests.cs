using AiAccessProxy.Control;
using AiAccessProxy.Control.Reading;
using AiAccessProxy.Control.Stories;
using AiAccessProxy.Ledger;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Control.Reading;

public class LedgerPagesTests
{
    private static readonly string[] Kinds = [RecordKind.Decided, RecordKind.TicketOpened, RecordKind.TicketDenied, RecordKind.VoteApprove];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_in_either_order_hold_what_the_query_asks_for_and_nothing_twice_while_more_is_recorded()
    {
        var time = new ManualTime();
        using var ledger = await Some.OpenLedgerAsync(time);
        var random = new Random(20261121);
        for (var i = 0; i < 1500; i++) await AppendAsync(ledger, time, random);
        using var reading = Reading(ledger);
        var pages = new LedgerPages(ledger, reading);
        for (var round = 0; round < 25; round++)
        {
            var all = await ledger.ReadFromAsync(Position.Start, Token).ToListAsync(Token);
            var query = Query(random, all);
            var expected = all.Where(query.Matches).Select(entry => entry.Position.Number).ToList();
            var size = random.Next(1, 200);

            var newest = await WalkAsync(position => pages.NewestAsync(query, position, size, Token), () => AppendAsync(ledger, time, random));
            var oldest = await WalkAsync(position => pages.OldestAsync(query, position, size, Token), () => Task.CompletedTask);

            Assert.Equal(Enumerable.Reverse(expected), newest);
            Assert.Equal(expected, oldest[..expected.Count]);
            Assert.Equal(expected, (await pages.AllAsync(query, Token).Select(entry => entry.Position.Number).ToListAsync(Token))[..expected.Count]);
        }
    }

    [Fact]
    public async Task A_page_costs_no_more_than_its_bound_and_says_where_to_go_on()
    {
        var time = new ManualTime();
        using var ledger = await Some.OpenLedgerAsync(time);
        await Task.WhenAll(Enumerable.Range(0, LedgerPages.MostLookedAt + 10).Select(i =>
            ledger.AppendAsync(Some.Record(i == 0 ? RecordKind.Started : RecordKind.Decided), Token).AsTask()));
        using var reading = Reading(ledger);
        var pages = new LedgerPages(ledger, reading);

        var first = await pages.NewestAsync(new() { Kinds = [RecordKind.Started] }, null, 10, Token);
        var second = await pages.NewestAsync(new() { Kinds = [RecordKind.Started] }, first.Next, 10, Token);

        Assert.Empty(first.Entries);
        Assert.Equal(11, first.Next!.Value.Number);
        Assert.Single(second.Entries);
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task An_empty_ledger_is_one_empty_page()
    {
        using var ledger = await Some.OpenLedgerAsync(new ManualTime());
        using var reading = Reading(ledger);
        var pages = new LedgerPages(ledger, reading);
        foreach (var query in new LedgerQuery[] { new(), new(Since: DateTimeOffset.UnixEpoch), new(Until: DateTimeOffset.UnixEpoch) })
        {
            Assert.Equivalent(new LedgerPage([], null, null), await pages.NewestAsync(query, null, 10, Token));
            Assert.Equivalent(new LedgerPage([], null, null), await pages.OldestAsync(query, null, 10, Token));
        }
    }

    private static async Task<List<long>> WalkAsync(Func<Position?, ValueTask<LedgerPage>> page, Func<Task> between)
    {
        var (found, at) = (new List<long>(), (Position?)null);
        do
        {
            var one = await page(at);
            found.AddRange(one.Entries.Select(entry => entry.Position.Number));
            at = one.Next;
            await between();
        }
        while (at is not null);
        return found;
    }

    private static LedgerQuery Query(Random random, List<Entry> all)
    {
        var (one, other) = (all[random.Next(all.Count)].StoredAt, all[random.Next(all.Count)].StoredAt);
        return new(
            Agent: random.Next(3) == 0 ? $"agent-{random.Next(4)}" : null,
            Since: random.Next(3) == 0 ? one : null,
            Until: random.Next(2) == 0 ? other : all[^1].StoredAt.AddTicks(1))
        {
            Kinds = random.Next(4) switch { 0 => ["ticket.*"], 1 => [Kinds[random.Next(4)], "vote.*"], _ => null },
            Rule = random.Next(4) == 0 ? $"rule-{random.Next(4)}" : null,
            Decision = random.Next(5) == 0 ? "deny" : null,
            Text = random.Next(4) == 0 ? $"WORD-{random.Next(4)}" : null,
        };
    }

    private static async Task AppendAsync(ILedger ledger, ManualTime time, Random random)
    {
        time.Advance(TimeSpan.FromMilliseconds(random.Next(1, 500)));
        await ledger.AppendAsync(
            Some.Record(Kinds[random.Next(Kinds.Length)]) with
            {
                Agent = random.Next(3) == 0 ? null : new($"agent-{random.Next(4)}", "ada", null, "key:k1"),
                Rules = random.Next(2) == 0 ? null : [$"rule-{random.Next(4)}"],
                Observed = random.Next(4) == 0 ? [$"rule-{random.Next(4)}"] : null,
                Decision = random.Next(2) == 0 ? "allow" : "deny",
                Detail = $"word-{random.Next(4)}",
            },
            Token);
    }

    internal static LedgerReading Reading(ILedger ledger, TimeProvider? time = null) =>
        new(ledger, new StoryBook(Options.Create(new ControlOptions())), new Today(time ?? new ManualTime()), new EventTape());
}
