using System.Text;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Tests.Ledger;

/// <summary>A life of any ledger at random, restarts included, beside the plainest ledger there is: both must always look the same.</summary>
/// <param name="advance">Moves the store's clock, which is <paramref name="time"/>.</param>
internal sealed class LedgerLife(Func<Task<ILedger>> open, Func<ILedger, ValueTask> close, Func<TimeSpan, Task> advance, ManualTime time)
{
    private static readonly RegisterId[] Ids = [.. "abcd".Select(c => new RegisterId("ticket", $"{c}")), new("note", "a"), new("note", "b")];
    private static readonly UniqueKey[] Keys = [new("k1"), new("k2"), new("k3")];

    public async Task LiveAsync(IEnumerable<int> seeds)
    {
        var model = new NaiveLedger();
        var ledger = await open();
        try
        {
            foreach (var random in seeds.Select(seed => new Random(seed)))
            {
                switch (random.Next(12))
                {
                    case 0:
                        await advance(TimeSpan.FromMinutes(random.Next(0, 4)));
                        break;
                    case 1:
                        await close(ledger);
                        ledger = await open();
                        Assert.Equal(Seen(model, time), await SeenAsync(ledger, time));
                        break;
                    default:
                        await BurstAsync(ledger, model, time, random);
                        break;
                }
            }

            Assert.Equal(Seen(model, time), await SeenAsync(ledger, time));
            await close(ledger);
            ledger = await open();
            Assert.Equal(Seen(model, time), await SeenAsync(ledger, time));
        }
        finally
        {
            await close(ledger);
        }
    }

    /// <summary>Some at once, so that they share a batch; the order is that of handing over.</summary>
    private static async Task BurstAsync(ILedger ledger, NaiveLedger model, ManualTime time, Random random)
    {
        var (expected, running) = (new List<string>(), new List<Task<string>>());
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            if (random.Next(4) == 0)
            {
                var record = Record(random);
                expected.Add(model.Append(record.Detail!));
                running.Add(AppendAsync(ledger, record));
                continue;
            }

            var change = NextChange(model, time.GetUtcNow(), random);
            expected.Add(model.Commit(change, time.GetUtcNow()));
            running.Add(CommitAsync(ledger, change));
        }

        Assert.Equal(expected, await Task.WhenAll(running));
    }

    private static async Task<string> AppendAsync(ILedger ledger, LedgerRecord record) =>
        $"at {await ledger.AppendAsync(record, TestContext.Current.CancellationToken)}";

    private static async Task<string> CommitAsync(ILedger ledger, Change change) =>
        await ledger.CommitAsync(change, TestContext.Current.CancellationToken) switch
        {
            Outcome.Done done => $"done at {done.Last}",
            Outcome.Conflict { Standing: { } standing } => $"conflict {standing.Id} {standing.Revision}",
            Outcome.Conflict => "conflict with nothing",
            Outcome.TooLate => "too late",
            Outcome.LimitReached limit => $"limit {limit.Limit}",
            var other => $"{other}",
        };

    private static Change NextChange(NaiveLedger model, DateTimeOffset now, Random random)
    {
        var ids = Ids.OrderBy(_ => random.Next()).Take(random.Next(0, 4)).ToList();
        var moves = ids.ConvertAll(id => NextMove(model, id, now, random));
        var check = Ids[random.Next(Ids.Length)];
        return new([.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Record(random))], moves)
        {
            Checks = random.Next(5) == 0 ? [new(check, model.RevisionOf(check) + (random.Next(5) == 0 ? 1 : 0))] : [],
        };
    }

    private static Move NextMove(NaiveLedger model, RegisterId id, DateTimeOffset now, Random random)
    {
        var mayLive = model.RevisionOf(id) == 0 || !model.HasEnded(id);
        return new(id, Math.Max(0, model.RevisionOf(id) + (model.RevisionOf(id) > 0 && random.Next(8) == 0 ? random.Next(-1, 2) : 0)), Encoding.UTF8.GetBytes($"ü{random.Next()}"))
        {
            LiveGroup = mayLive && random.Next(3) > 0 ? random.Next(2) == 0 ? "one" : "two" : null,
            LiveLimit = random.Next(2) == 0 ? random.Next(1, 4) : null,
            NotAfter = random.Next(6) == 0 ? now + TimeSpan.FromMinutes(random.Next(0, 2)) : null,
            Due = random.Next(2) == 0 ? now + TimeSpan.FromMinutes(random.Next(0, 5)) : null,
            ForgetAfter = random.Next(2) == 0 ? now + TimeSpan.FromMinutes(random.Next(0, 5)) : null,
            Unique = [.. Keys.Where(_ => random.Next(3) == 0).Select(key => new UniqueClaim(key, random.Next(2) == 0 ? Ids[random.Next(Ids.Length)] : null))],
        };
    }

    private static LedgerRecord Record(Random random) => Some.Record(detail: $"r{random.Next(1000)}");

    private static string Seen(NaiveLedger model, ManualTime time) => model.Seen(time.GetUtcNow(), Ids, Keys, time.GetUtcNow());

    private static async Task<string> SeenAsync(ILedger ledger, ManualTime time)
    {
        var token = TestContext.Current.CancellationToken;
        var seen = new StringBuilder();
        seen.AppendJoin(',', await ledger.ReadFromAsync(Position.Start, token).Select(entry => entry.Record.Detail).ToListAsync(token)).AppendLine();
        foreach (var id in Ids)
        {
            if (await ledger.ReadAsync(id, token) is { } register)
                seen.AppendLine($"{id} {register.Revision} {Encoding.UTF8.GetString(register.State.Span)} {register.IsLive}");
        }

        foreach (var key in Keys) seen.AppendLine($"{key.Value} {(await ledger.FindAsync(key, token))?.Id}");
        foreach (var kind in new[] { "ticket", "note" })
        {
            seen.AppendLine(await ListedAsync(ledger.LiveAsync(kind, null, token)));
            seen.AppendLine(await ListedAsync(ledger.LiveAsync(kind, "one", token)));
            seen.AppendLine(await ListedAsync(ledger.DueAsync(kind, time.GetUtcNow(), token)));
        }

        return seen.ToString();
    }

    private static async Task<string> ListedAsync(IAsyncEnumerable<Register> registers) =>
        string.Join(' ', await registers.Select(register => register.Id.Key).Order(StringComparer.Ordinal).ToListAsync(TestContext.Current.CancellationToken));
}
