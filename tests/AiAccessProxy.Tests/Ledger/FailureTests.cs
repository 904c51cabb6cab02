using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;

namespace AiAccessProxy.Tests.Ledger;

public sealed class FailureTests
{
    private const int MostSteps = 150;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public async Task What_was_refused_has_not_happened_and_the_ledger_recovers_whichever_steps_on_disk_fail(int failing)
    {
        var told = await Story.ToldAsync();
        for (var first = 0; first < MostSteps; first++)
        {
            var folder = Some.LedgerFolder();
            var script = new DiskScript();
            script.Before = (number, operation, path) =>
            {
                if (number < first || number >= first + failing) return;
                if (operation == DiskOperation.Write && path.EndsWith(SegmentName.Extension, StringComparison.Ordinal)) WriteSome(path);
                throw new IOException($"step {number}: {operation} {Path.GetFileName(path)} fails");
            };
            await TellAsync(folder, script, told, failing == 1, first + failing);
            Directory.Delete(folder, recursive: true);
            if (script.Steps.Count <= first) return;
        }

        Assert.Fail($"The story has more than {MostSteps} steps.");
    }

    [Fact]
    public async Task A_record_that_was_answered_before_its_fsync_failed_stands_in_the_next_segment_as_it_was()
    {
        var token = TestContext.Current.CancellationToken;
        var folder = Some.LedgerFolder();
        var fails = false;
        var script = new DiskScript
        {
            Before = (_, operation, path) =>
            {
                if (fails && operation is DiskOperation.Sync or DiskOperation.Truncate && fails && path.EndsWith(".jsonl", StringComparison.Ordinal))
                    throw new IOException("the disk is sick");
            },
        };
        using (var ledger = Story.Open(folder, script.ToDisk()))
        {
            await ledger.AppendAsync(Some.Record(detail: "answered"), token);
            fails = true;
            await Assert.ThrowsAsync<LedgerUnavailableException>(async () =>
                await ledger.CommitAsync(new([Some.Record(detail: "refused")], []), token));
            await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.AppendAsync(Some.Record(detail: "refused"), token));
            Assert.False(ledger.Health.IsOk);
            Assert.Contains("sick", ledger.Health.Why, StringComparison.Ordinal);
            fails = false;
            Assert.Equal(new Position(2), await ledger.AppendAsync(Some.Record(detail: "after"), token));
            Assert.True(ledger.Health.IsOk);
        }

        Assert.Contains("refused", File.ReadAllText(SegmentName.List(folder)[0].Path), StringComparison.Ordinal);
        using var reopened = Story.Open(folder);
        Assert.Equal(
            ["answered", "after"],
            await reopened.ReadFromAsync(Position.Start, token).Select(entry => entry.Record.Detail).ToListAsync(token));
    }

    [Fact]
    public async Task A_segment_whose_fsync_failed_is_never_written_again()
    {
        var token = TestContext.Current.CancellationToken;
        var folder = Some.LedgerFolder();
        var fails = false;
        var script = new DiskScript
        {
            Before = (_, operation, path) =>
            {
                if (!fails || operation != DiskOperation.Sync || !path.EndsWith(".jsonl", StringComparison.Ordinal)) return;
                fails = false;
                throw new IOException("once");
            },
        };
        using var ledger = Story.Open(folder, script.ToDisk());
        fails = true;
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.CommitAsync(new([Some.Record()], []), token));
        var steps = script.Steps.Count;
        await ledger.CommitAsync(new([Some.Record()], []), token);

        var retired = Path.GetFileName(SegmentName.List(folder)[0].Path);
        Assert.Equal(2, SegmentName.List(folder).Count);
        Assert.DoesNotContain(script.Steps.Skip(steps), step => step.Name == retired);
    }

    [Fact]
    public async Task A_start_that_finds_a_ticket_that_was_refused_on_a_dying_disk_can_still_open_it()
    {
        var token = TestContext.Current.CancellationToken;
        var folder = Some.LedgerFolder();
        var time = new ManualTime();
        var fails = false;
        var script = new DiskScript
        {
            Before = (_, operation, path) =>
            {
                // Neither the fsync nor the cut nor the next segment; the vault could be written, and must not be.
                if (fails && path.EndsWith(".jsonl", StringComparison.Ordinal) && operation != DiskOperation.Write) throw new IOException("dying");
            },
        };
        var ledger = Story.Open(folder, script.ToDisk(), time: time);
        fails = true;
        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.CommitAsync(
                new([Some.Record()], [new(new("ticket", $"{i}"), 0, "held"u8.ToArray()) { LiveGroup = "some-agent" }]), token));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        ledger.Dispose();
        using var reopened = Story.Open(folder);
        Assert.Equal("held"u8.ToArray(), (await reopened.ReadAsync(new("ticket", "0"), token))!.State.ToArray());
    }

    private static async Task TellAsync(string folder, DiskScript script, IReadOnlyList<string> told, bool crashAfterRefusal, int failuresEnd)
    {
        var token = TestContext.Current.CancellationToken;
        var time = new ManualTime();
        var refusals = 0;
        using (var ledger = OpenUntilItWorks(folder, script, time))
        {
            for (var i = 0; i < Story.Steps.Count; i++)
            {
                while (true)
                {
                    try
                    {
                        await Story.Steps[i](ledger);
                        break;
                    }
                    catch (LedgerUnavailableException)
                    {
                        Assert.InRange(++refusals, 1, 10);
                        if (crashAfterRefusal) await SeenAfterCrashAsync(folder, told[i]);
                        time.Advance(TimeSpan.FromSeconds(1));
                    }
                }

                // While steps still fail, reading shows what is on disk, which may be less.
                if (i % 3 == 0 && script.Steps.Count >= failuresEnd) Assert.Equal(told[i + 1], await Story.SeenAsync(ledger));
            }

            if (script.Steps.Count >= failuresEnd) Assert.Equal(told[^1], await Story.SeenAsync(ledger));
        }

        using var reopened = Story.Open(folder);
        Assert.Equal(told[^1], await Story.SeenAsync(reopened));
    }

    private static async Task SeenAfterCrashAsync(string folder, string expected)
    {
        var copy = FolderImages.Copy(folder);
        using (var crashed = Story.Open(copy)) Assert.Equal(expected, await Story.SeenAsync(crashed));
        Directory.Delete(copy, recursive: true);
    }

    private static EmbeddedLedger OpenUntilItWorks(string folder, DiskScript script, TimeProvider time)
    {
        while (true)
        {
            try
            {
                return Story.Open(folder, script.ToDisk(), time: time);
            }
            catch (LedgerRefusedException e)
            {
                Assert.Contains("fails", e.Message, StringComparison.Ordinal);
            }
        }
    }

    private static void WriteSome(string path)
    {
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.Write("{\"position\":3,\"sto"u8);
    }
}
