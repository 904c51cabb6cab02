using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;

namespace AiAccessProxy.Tests.Ledger;

public sealed class LedgerReaderTests
{
    private readonly string _folder = Some.LedgerFolder();
    private readonly ManualTime _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_reads_while_the_writer_has_the_folder()
    {
        using var ledger = Story.Open(_folder);
        foreach (var step in Story.Steps) await step(ledger);

        Assert.Equal(Enumerable.Range(1, 10).Select(i => (long)i), await PositionsAsync(new()));
    }

    [Fact]
    public async Task A_reader_beside_a_busy_writer_sees_every_record_once_and_in_order()
    {
        using var ledger = Story.Open(_folder);
        const int Count = 400;
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < Count; i++)
            {
                if (i % 7 == 0) await ledger.CommitAsync(new([Some.Record()], [new(new("ticket", $"{i}"), 0, new byte[100]) { LiveGroup = "a" }]), Token);
                else await ledger.AppendAsync(Some.Record(), Token);
            }
        }, Token);
        var read = new List<long>();
        do
        {
            read = await PositionsAsync(new());
            Assert.Equal(Enumerable.Range(1, read.Count).Select(i => (long)i), read);
        }
        while (!writing.IsCompleted);
        await writing;

        Assert.Equal(Count, (await PositionsAsync(new())).Count);
    }

    [Fact]
    public async Task What_the_writer_has_not_finished_is_not_shown()
    {
        using (var ledger = Story.Open(_folder)) await ledger.AppendAsync(Some.Record(), Token);
        var segment = SegmentName.List(_folder)[0].Path;
        var whole = await File.ReadAllTextAsync(segment, Token);
        await File.AppendAllTextAsync(segment, whole.Split('\n')[2][..^5], Token);

        Assert.Equal([1], await PositionsAsync(new()));
    }

    [Fact]
    public async Task A_segment_just_being_begun_is_not_there_yet()
    {
        using (var ledger = Story.Open(_folder)) await ledger.AppendAsync(Some.Record(), Token);
        await File.WriteAllTextAsync(new SegmentName(_folder, 2, 2).Path, "{\"ledger\":1,\"seg", Token);

        Assert.Equal([1], await PositionsAsync(new()));
    }

    [Fact]
    public async Task It_gives_what_the_query_asks_for()
    {
        var start = _time.GetUtcNow();
        using (var ledger = Story.Open(_folder, time: _time))
        {
            foreach (var (ticket, agent) in new[] { ("t1", "a"), ("t1", "b"), ("t2", "a"), ("t2", "b"), ("t3", "c") })
            {
                await ledger.AppendAsync(Some.Record(ticket: ticket, detail: new string('x', 600)) with { Agent = new(agent, "ada", null, "key:k1") }, Token);
                _time.Advance(TimeSpan.FromMinutes(1));
            }
        }

        Assert.True(SegmentName.List(_folder).Count > 1);
        Assert.Equal([1, 2], await PositionsAsync(new(Ticket: "t1")));
        Assert.Equal([1, 3], await PositionsAsync(new(Agent: "a")));
        Assert.Equal([3], await PositionsAsync(new("t2", "a")));
        Assert.Empty(await PositionsAsync(new("t3", "a")));
        for (var from = -1; from <= 6; from++)
        {
            for (var to = from; to <= 6; to++)
            {
                Assert.Equal(
                    Enumerable.Range(0, 5).Where(i => i >= from && i < to).Select(i => (long)i + 1),
                    await PositionsAsync(new(Since: start + TimeSpan.FromMinutes(from), Until: start + TimeSpan.FromMinutes(to))));
            }
        }
    }

    [Fact]
    public async Task A_folder_without_a_ledger_is_said_to_be_one()
    {
        Assert.Contains("There is no ledger", (await Assert.ThrowsAsync<LedgerRefusedException>(async () => await PositionsAsync(new()))).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(_folder);
        await Assert.ThrowsAsync<LedgerRefusedException>(async () => await PositionsAsync(new()));
    }

    private async Task<List<long>> PositionsAsync(LedgerQuery query) =>
        await LedgerReader.ReadAsync(_folder, query, Token).Select(entry => entry.Position.Number).ToListAsync(Token);
}
