using System.Text;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;

namespace AiAccessProxy.Tests.Ledger;

public sealed class TornTailTests
{
    private static readonly RegisterId Ticket = new("ticket", "t_1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tail_torn_at_any_byte_is_cut_back_to_the_last_whole_change_and_reported()
    {
        var folder = Some.LedgerFolder();
        var ends = new List<(long Bytes, string Seen)>();
        string segment;
        using (var ledger = Open(folder))
        {
            segment = SegmentName.List(folder)[0].Path;
            await NoteAsync();
            await ledger.AppendAsync(Some.Record(detail: "plain"), Token);
            await NoteAsync();
            await ledger.CommitAsync(new([Some.Record(), Some.Record(detail: "open")], [Live(0, "first state")]), Token);
            await NoteAsync();
            await ledger.CommitAsync(new([Some.Record(detail: "vote")], [Live(1, "second state"), Live(0, "x") with { Id = new("ticket", "t_2") }]), Token);
            await NoteAsync();

            async Task NoteAsync() => ends.Add((new FileInfo(segment).Length, await SeenAsync(ledger)));
        }

        var whole = FolderImages.Read(segment);
        var from = (int)ends[0].Bytes;
        for (var length = from; length < whole.Length; length++)
        {
            // The keys of the whole ledger are there: a crash tears the segment, not what was synced before it was written.
            var copy = FolderImages.Copy(folder);
            File.WriteAllBytes(Path.Combine(copy, Path.GetFileName(segment)), whole[..length]);
            using (var ledger = Open(copy))
            {
                Assert.Equal(ends.Last(end => end.Bytes <= length).Seen, await SeenAsync(ledger));
                var isWhole = whole[length - 1] == '\n' && !IsInsideChange(whole[..length]);
                Assert.Equal(isWhole, ledger.Health.Repaired is null);
                await ledger.AppendAsync(Some.Record(detail: "goes on"), Token);
            }

            using (var again = Open(copy)) Assert.Null(again.Health.Repaired);
            Directory.Delete(copy, recursive: true);
        }
    }

    [Fact]
    public async Task What_was_cut_off_is_told_in_words_for_the_started_record()
    {
        var folder = Some.LedgerFolder();
        using (var ledger = Open(folder)) await ledger.AppendAsync(Some.Record(), Token);
        File.AppendAllText(SegmentName.List(folder)[0].Path, "{\"position\":2,\"sto");

        using var repaired = Open(folder);

        Assert.Equal("18 bytes after record 1 were a torn write, never answered for, and were cut off", repaired.Health.Repaired);
        Assert.True(repaired.Health.IsOk);
    }

    [Fact]
    public async Task A_first_line_torn_at_any_byte_is_a_segment_that_was_not_begun()
    {
        var folder = Some.LedgerFolder();
        using (var ledger = EmbeddedLedger.Open(
            new() { Folder = folder, ReserveBytes = 0, SegmentBytes = 1024 }, new ManualTime(), Microsoft.Extensions.Logging.Abstractions.NullLogger<EmbeddedLedger>.Instance))
        {
            for (var i = 0; i < 3; i++) await ledger.CommitAsync(new([Some.Record(detail: new string('x', 900))], []), Token);
        }

        var segments = SegmentName.List(folder);
        Assert.Equal(3, segments.Count);
        var header = Array.IndexOf(FolderImages.Read(segments[^1].Path), (byte)'\n');
        for (var length = 0; length <= header; length += 7)
        {
            var copy = FolderImages.Copy(folder);
            var torn = SegmentName.List(copy)[^1].Path;
            File.WriteAllBytes(torn, FolderImages.Read(torn)[..length]);
            using (var ledger = Open(copy))
            {
                Assert.Contains("segment 3", ledger.Health.Repaired, StringComparison.Ordinal);
                Assert.Equal(2, await ledger.ReadFromAsync(Position.Start, Token).CountAsync(Token));
                Assert.Equal(new Position(3), await ledger.AppendAsync(Some.Record(), Token));
            }

            Directory.Delete(copy, recursive: true);
        }
    }

    private static bool IsInsideChange(byte[] bytes)
    {
        var lines = Encoding.UTF8.GetString(bytes).TrimEnd('\n').Split('\n');
        var first = Array.FindLastIndex(lines, line => !line.Contains("\"line\":", StringComparison.Ordinal));
        var wanted = lines[first].Contains("\"lines\":", StringComparison.Ordinal)
            ? int.Parse(lines[first].Split("\"lines\":")[1].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture)
            : 1;
        return lines.Length - first < wanted;
    }

    private static Move Live(long from, string state) => new(Ticket, from, Encoding.UTF8.GetBytes(state)) { LiveGroup = "some-agent" };

    private static EmbeddedLedger Open(string folder) => Story.Open(folder);

    private static async Task<string> SeenAsync(ILedger ledger)
    {
        var details = await ledger.ReadFromAsync(Position.Start, Token).Select(entry => entry.Record.Detail).ToListAsync(Token);
        var state = await ledger.ReadAsync(Ticket, Token) is { } register ? Encoding.UTF8.GetString(register.State.Span) : "none";
        return $"{string.Join(',', details)} {state}";
    }
}
