using System.Text;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using Check = AiAccessProxy.Ledger.Check;
using Outcome = AiAccessProxy.Ledger.Outcome;

namespace AiAccessProxy.Tests.Ledger;

public sealed class RandomLifeTests
{
    private static readonly RegisterId[] Ids = [.. "abcd".Select(c => new RegisterId("ticket", $"{c}")), new("note", "a"), new("note", "b")];
    private static readonly UniqueKey[] Keys = [new("k1"), new("k2"), new("k3")];

    [Fact]
    public void Any_sequence_of_changes_with_restarts_in_between_means_what_it_says() =>
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Some.Runs(120)),
            Prop.ForAll(ArbMap.Default.ArbFor<DoNotSize<int>[]>(), seeds => LiveAsync([.. seeds.Select(seed => seed.Item)]).GetAwaiter().GetResult()));

    private static async Task LiveAsync(int[] seeds)
    {
        var (time, model, folder) = (new ManualTime(), new NaiveLedger(), Some.LedgerFolder());
        var ledger = Open(folder, time);
        try
        {
            foreach (var random in seeds.Select(seed => new Random(seed)))
            {
                switch (random.Next(12))
                {
                    case 0:
                        time.Advance(TimeSpan.FromMinutes(random.Next(0, 4)));
                        break;
                    case 1:
                        ledger.Dispose();
                        ledger = Open(folder, time);
                        Assert.Equal(Seen(model, time), await SeenAsync(ledger, time));
                        break;
                    default:
                        await BurstAsync(ledger, model, time, random);
                        break;
                }
            }

            Assert.Equal(Seen(model, time), await SeenAsync(ledger, time));
            ledger.Dispose();
            ledger = Open(folder, time);
            Assert.Equal(Seen(model, time), await SeenAsync(ledger, time));
        }
        finally
        {
            ledger.Dispose();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Some at once, so that they share a batch; the order is that of handing over.</summary>
    private static async Task BurstAsync(EmbeddedLedger ledger, NaiveLedger model, ManualTime time, Random random)
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

    private static async Task<string> AppendAsync(EmbeddedLedger ledger, LedgerRecord record) =>
        $"at {await ledger.AppendAsync(record, TestContext.Current.CancellationToken)}";

    private static async Task<string> CommitAsync(EmbeddedLedger ledger, Change change) =>
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
        return new(id, Math.Max(0, model.RevisionOf(id) + (random.Next(8) == 0 ? random.Next(-1, 2) : 0)), Encoding.UTF8.GetBytes($"ü{random.Next()}"))
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

    private static EmbeddedLedger Open(string folder, TimeProvider time) =>
        EmbeddedLedger.Open(new() { Folder = folder, ReserveBytes = 0, SegmentBytes = 3000 }, time, NullLogger<EmbeddedLedger>.Instance);

    private static string Seen(NaiveLedger model, ManualTime time) => model.Seen(time.GetUtcNow(), Ids, Keys, time.GetUtcNow());

    private static async Task<string> SeenAsync(EmbeddedLedger ledger, ManualTime time)
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
