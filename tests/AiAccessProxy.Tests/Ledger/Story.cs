using System.Text;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiAccessProxy.Tests.Ledger;

/// <summary>A short life of a ledger that goes through everything it does on disk: appends, keys made and erased, segments that roll.</summary>
internal static class Story
{
    private static readonly RegisterId A = new("ticket", "a");
    private static readonly RegisterId B = new("ticket", "b");
    private static readonly RegisterId C = new("ticket", "c");
    private static readonly UniqueKey Key = new("digest");

    public static IReadOnlyList<Func<ILedger, Task>> Steps { get; } =
    [
        ledger => AppendAsync(ledger, "one"),
        ledger => CommitAsync(ledger, "open a", Live(A, 0, "secret of a") with { Unique = [new(Key)] }),
        ledger => CommitAsync(ledger, "open b", Live(B, 0, "secret of b")),
        ledger => AppendAsync(ledger, "two"),
        ledger => CommitAsync(ledger, "vote on a", Live(A, 1, "secret of a, voted") with { Unique = [new(Key)] }),
        ledger => AppendAsync(ledger, new string('x', 700)),
        ledger => CommitAsync(ledger, "end a", Ended(A, 2, "a is over") with { Unique = [new(Key)] }),
        ledger => AppendAsync(ledger, new string('y', 700)),
        ledger => CommitAsync(ledger, "end b, open c", Ended(B, 1, "b is over"), Live(C, 0, "secret of c") with { Unique = [new(Key, A)] }),
        ledger => AppendAsync(ledger, "three"),
    ];

    public static LedgerOptions Options(string folder, LedgerDurability durability) =>
        new() { Folder = folder, ReserveBytes = 4096, SegmentBytes = 1500, Durability = durability };

    public static EmbeddedLedger Open(string folder, Disk? disk = null, LedgerDurability durability = LedgerDurability.Standard, TimeProvider? time = null) =>
        EmbeddedLedger.Open(Options(folder, durability), time ?? new ManualTime(), NullLogger<EmbeddedLedger>.Instance, disk);

    /// <summary>All that can be seen of a ledger.</summary>
    public static async Task<string> SeenAsync(ILedger ledger)
    {
        var token = TestContext.Current.CancellationToken;
        var seen = new StringBuilder();
        await foreach (var entry in ledger.ReadFromAsync(Position.Start, token)) seen.Append(entry.Position).Append(' ').AppendLine(entry.Record.Detail);
        foreach (var id in new[] { A, B, C })
        {
            if (await ledger.ReadAsync(id, token) is not { } register) continue;
            seen.AppendLine($"{id} {register.Revision} {register.IsLive} {Encoding.UTF8.GetString(register.State.Span)}");
        }

        seen.AppendLine($"{(await ledger.FindAsync(Key, token))?.Id}");
        await foreach (var live in ledger.LiveAsync("ticket", null, token)) seen.Append(live.Id).Append(' ');
        return seen.ToString();
    }

    /// <summary>What is seen before the first step and after each.</summary>
    public static async Task<IReadOnlyList<string>> ToldAsync()
    {
        using var ledger = Open(Some.LedgerFolder());
        var seen = new List<string> { await SeenAsync(ledger) };
        foreach (var step in Steps)
        {
            await step(ledger);
            seen.Add(await SeenAsync(ledger));
        }

        return seen;
    }

    private static async Task AppendAsync(ILedger ledger, string detail) =>
        await ledger.AppendAsync(Some.Record(detail: detail), TestContext.Current.CancellationToken);

    private static async Task CommitAsync(ILedger ledger, string detail, params Move[] moves) => Assert.IsType<Outcome.Done>(
        await ledger.CommitAsync(new([Some.Record(detail: detail)], moves), TestContext.Current.CancellationToken));

    private static Move Live(RegisterId id, long from, string state) => Ended(id, from, state) with { LiveGroup = "some-agent" };

    private static Move Ended(RegisterId id, long from, string state) => new(id, from, Encoding.UTF8.GetBytes(state));
}
