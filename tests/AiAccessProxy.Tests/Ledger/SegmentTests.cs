using System.Globalization;
using System.Text;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiAccessProxy.Tests.Ledger;

public sealed class SegmentTests
{
    private readonly string _folder = Some.LedgerFolder();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_start_after_many_segments_reads_only_the_last()
    {
        await FillAsync(40);
        var segments = SegmentName.List(_folder);
        Assert.True(segments.Count > 5);
        foreach (var segment in segments.SkipLast(1)) File.WriteAllText(segment.Path, "unreadable");

        using var ledger = Open();
        Assert.Equal(40, (await ledger.ReadAsync(new("ticket", "t"), Token))!.Revision);
        Assert.Equal(new Position(41), await ledger.AppendAsync(Some.Record(), Token));
    }

    [Fact]
    public async Task Without_any_snapshot_the_registers_are_rebuilt_from_the_segments()
    {
        await FillAsync(40);
        foreach (var snapshot in Directory.EnumerateFiles(_folder, "*" + RegisterSnapshot.Extension)) File.Delete(snapshot);

        using var ledger = Open();
        Assert.Equal("40", Encoding.UTF8.GetString((await ledger.ReadAsync(new("ticket", "t"), Token))!.State.Span));
    }

    [Fact]
    public async Task Only_the_last_two_snapshots_are_kept()
    {
        await FillAsync(40);

        Assert.Equal(2, Directory.EnumerateFiles(_folder, "*" + RegisterSnapshot.Extension).Count());
    }

    [Fact]
    public async Task Reading_from_a_position_seeks_without_reading_what_lies_before()
    {
        await FillAsync(40);
        var segments = SegmentName.List(_folder);
        foreach (var segment in segments.Take(3)) File.WriteAllText(segment.Path, "unreadable");

        using var ledger = Open();
        var after = segments[3].First - 1;
        var read = await ledger.ReadFromAsync(new(after), Token).Select(entry => entry.Position.Number).ToListAsync(Token);
        Assert.Equal(Enumerable.Range((int)after + 1, 40 - (int)after).Select(number => (long)number), read);
    }

    [Fact]
    public async Task Every_position_of_a_large_segment_is_found_by_halving_it()
    {
        const int Count = 3_000;
        using var ledger = EmbeddedLedger.Open(
            new() { Folder = _folder, ReserveBytes = 0 }, new ManualTime(), NullLogger<EmbeddedLedger>.Instance);
        var running = new List<Task>();
        for (var i = 1; i <= Count; i++)
        {
            var record = Some.Record(detail: new string('x', i % 400));
            var state = new byte[i % 997 == 0 ? 200_000 : i % 50];
            running.Add(i % 3 == 0
                ? ledger.CommitAsync(new([record], [new(new("ticket", $"{i}"), 0, state) { LiveGroup = "a" }]), Token).AsTask()
                : ledger.AppendAsync(record, Token).AsTask());
        }

        await Task.WhenAll(running);
        for (var after = 0; after <= Count; after += 61)
        {
            var first = await ledger.ReadFromAsync(new(after), Token).FirstOrDefaultAsync(Token);
            Assert.Equal(after + 1, first!.Position.Number);
        }

        Assert.Null(await ledger.ReadFromAsync(new(Count), Token).FirstOrDefaultAsync(Token));
    }

    [Fact]
    public async Task A_line_is_one_record_that_a_person_can_read()
    {
        using (var ledger = Open())
        {
            var record = Some.Record(RecordKind.TicketOpened, ticket: "t", detail: "two\nlines") with { Agent = new("billing-bot", "ada", null, "key:k1") };
            await ledger.CommitAsync(new([record], [new(new("ticket", "t"), 0, "{\"secret\":1}"u8.ToArray()) { LiveGroup = "billing-bot" }]), Token);
        }

        var lines = File.ReadAllLines(SegmentName.List(_folder)[0].Path);
        var line = Assert.Single(lines, line => line.StartsWith("{\"position\":1,\"stored_at\":\"2026-11-21T09:00:00Z\",\"record\":{\"id\":\"", StringComparison.Ordinal));
        Assert.Contains("\"kind\":\"ticket.opened\"", line, StringComparison.Ordinal);
        Assert.Contains("\"agent\":{\"id\":\"billing-bot\",\"owner\":\"ada\",\"authenticated\":\"key:k1\"}", line, StringComparison.Ordinal);
        Assert.Contains("\"detail\":\"two\\nlines\"", line, StringComparison.Ordinal);
        Assert.DoesNotContain("null", line, StringComparison.Ordinal);
        Assert.DoesNotContain(lines, line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void What_lies_in_the_folder_is_for_its_owners_eyes_only()
    {
        using var ledger = Open();

        var owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
        Assert.Equal(owner, File.GetUnixFileMode(Path.Combine(_folder, Vault.FileName)));
        Assert.Equal(owner, File.GetUnixFileMode(SegmentName.List(_folder)[0].Path));
    }

    private async Task FillAsync(int moves)
    {
        using var ledger = Open();
        for (var i = 0; i < moves; i++)
        {
            var state = Encoding.UTF8.GetBytes((i + 1).ToString(CultureInfo.InvariantCulture));
            await ledger.CommitAsync(new([Some.Record()], [new(new("ticket", "t"), i, state) { LiveGroup = "a" }]), Token);
        }
    }

    private EmbeddedLedger Open() => EmbeddedLedger.Open(
        new() { Folder = _folder, ReserveBytes = 0, SegmentBytes = 2048 }, new ManualTime(), NullLogger<EmbeddedLedger>.Instance);
}
