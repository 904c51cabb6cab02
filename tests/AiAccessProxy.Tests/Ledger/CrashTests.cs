using AiAccessProxy.Ledger;

namespace AiAccessProxy.Tests.Ledger;

public sealed class CrashTests
{
    [Fact]
    public async Task A_process_killed_before_any_step_on_disk_has_lost_nothing_that_was_answered() =>
        await CrashEverywhereAsync(LedgerDurability.Standard, images => [("killed", images.Killed())]);

    [Fact]
    public async Task A_power_failure_before_any_step_on_disk_has_lost_nothing_that_was_answered_for_as_durable() =>
        await CrashEverywhereAsync(LedgerDurability.Always, images => [("killed", images.Killed()), .. images.PowerLost()]);

    private static async Task CrashEverywhereAsync(LedgerDurability durability, Func<FolderImages, List<(string How, string Folder)>> crash)
    {
        var told = await Story.ToldAsync();
        var folder = Some.LedgerFolder();
        var images = new FolderImages(folder);
        var crashed = new List<(int Answered, string When, string Folder)>();
        var answered = 0;
        var script = new DiskScript
        {
            Before = (number, operation, path) =>
            {
                images.Before(operation, path);
                crashed.AddRange(crash(images).Select(image => (answered, $"{number} {operation} {Path.GetFileName(path)}: {image.How}", image.Folder)));
            },
        };
        using (var ledger = Story.Open(folder, script.ToDisk(), durability))
        {
            foreach (var step in Story.Steps)
            {
                await step(ledger);
                answered++;
            }
        }

        Assert.True(crashed.Count > 50);
        foreach (var (count, when, image) in crashed)
        {
            using (var ledger = Story.Open(image))
            {
                var seen = await Story.SeenAsync(ledger);
                // What was being done may have happened or not, but not by halves.
                Assert.True(seen == told[count] || (count + 1 < told.Count && seen == told[count + 1]), $"{when}, after {count} answers:\n{seen}");
                await ledger.AppendAsync(Some.Record(), TestContext.Current.CancellationToken);
            }

            Story.Open(image).Dispose();
            Directory.Delete(image, recursive: true);
        }
    }
}
