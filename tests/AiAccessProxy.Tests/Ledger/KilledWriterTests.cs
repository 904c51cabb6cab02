using System.Globalization;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;

namespace AiAccessProxy.Tests.Ledger;

public sealed class KilledWriterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_writer_that_is_killed_at_any_moment_loses_nothing_it_answered_for()
    {
        var folder = Some.LedgerFolder();
        var random = new Random(7);
        for (var kills = 0; kills < Some.Runs(4); kills++)
        {
            var answered = new List<(long Round, long Revision)>();
            using (var child = LedgerChild.Start(folder))
            {
                var until = random.Next(5, 300);
                while (answered.Count < until && await child.StandardOutput.ReadLineAsync(Token) is { } line) answered.Add(Read(line));
                child.Kill();
                while (await child.StandardOutput.ReadLineAsync(Token) is { } line)
                    if (line.Contains(' ', StringComparison.Ordinal)) answered.Add(Read(line));
                await child.WaitForExitAsync(Token);
                Assert.True(answered.Count >= until, await child.StandardError.ReadToEndAsync(Token));
            }

            await CheckAsync(folder, answered);
        }
    }

    [Fact]
    public async Task A_second_process_is_refused_and_told_who_has_the_folder()
    {
        var folder = Some.LedgerFolder();
        using var child = LedgerChild.Start(folder);
        Assert.NotNull(await child.StandardOutput.ReadLineAsync(Token));

        var refused = Assert.Throws<LedgerRefusedException>(() => Story.Open(folder));
        Assert.Contains(folder, refused.Message, StringComparison.Ordinal);
        Assert.Contains($"by process {child.Id}", refused.Message, StringComparison.Ordinal);
        File.Delete(Path.Combine(folder, FolderLock.FileName));
        Assert.Throws<LedgerRefusedException>(() => Story.Open(folder));
        Assert.NotEmpty(await LedgerReader.ReadAsync(folder, new LedgerQuery(), Token).Take(3).ToListAsync(Token));

        child.Kill();
        await child.WaitForExitAsync(Token);
        using var ledger = Story.Open(folder);
        await ledger.AppendAsync(Some.Record(), Token);
    }

    [Fact]
    public async Task A_process_that_is_refused_leaves_the_first_ones_name_in_the_lock()
    {
        var folder = Some.LedgerFolder();
        using var ledger = Story.Open(folder);
        using var child = LedgerChild.Start(folder);

        Assert.Contains($"by process {Environment.ProcessId}", await child.StandardError.ReadToEndAsync(Token), StringComparison.Ordinal);
        await child.WaitForExitAsync(Token);
        Assert.Equal(3, child.ExitCode);
    }

    private static async Task CheckAsync(string folder, List<(long Round, long Revision)> answered)
    {
        using var ledger = Story.Open(folder);
        var details = await ledger.ReadFromAsync(Position.Start, Token).Select(entry => entry.Record.Detail!).ToListAsync(Token);
        var recorded = details.ToHashSet();
        Assert.Equal(details.Count, recorded.Count);
        foreach (var (round, revision) in answered)
            for (var i = 0; i < 8; i++) Assert.Contains($"ticket/{round}-{i} {revision}", recorded);

        // Each register stands where the last record of it says.
        foreach (var group in details.Select(detail => detail.Split(' ')).GroupBy(parts => parts[0]))
        {
            var register = await ledger.ReadAsync(new("ticket", group.Key.Split('/')[1]), Token);
            Assert.Equal(group.Max(parts => long.Parse(parts[1], CultureInfo.InvariantCulture)), register!.Revision);
            Assert.Equal(register.Revision < 3, register.IsLive);
        }
    }

    private static (long Round, long Revision) Read(string line)
    {
        var parts = line.Split(' ');
        return (long.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
