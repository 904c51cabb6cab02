using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiAccessProxy.Tests.Ledger;

public sealed class RandomLifeTests
{
    [Fact]
    public void Any_sequence_of_changes_with_restarts_in_between_means_what_it_says() =>
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Some.Runs(120)),
            Prop.ForAll(ArbMap.Default.ArbFor<DoNotSize<int>[]>(), seeds => LiveAsync([.. seeds.Select(seed => seed.Item)]).GetAwaiter().GetResult()));

    private static async Task LiveAsync(int[] seeds)
    {
        var (time, folder) = (new ManualTime(), Some.LedgerFolder());
        var life = new LedgerLife(
            () => Task.FromResult<ILedger>(Open(folder, time)),
            ledger =>
            {
                ((EmbeddedLedger)ledger).Dispose();
                return ValueTask.CompletedTask;
            },
            by =>
            {
                time.Advance(by);
                return Task.CompletedTask;
            },
            time);
        await life.LiveAsync(seeds);
        Directory.Delete(folder, recursive: true);
    }

    private static EmbeddedLedger Open(string folder, TimeProvider time) =>
        EmbeddedLedger.Open(new() { Folder = folder, ReserveBytes = 0, SegmentBytes = 3000 }, time, NullLogger<EmbeddedLedger>.Instance);
}
