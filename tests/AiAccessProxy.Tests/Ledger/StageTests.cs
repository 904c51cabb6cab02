using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;

namespace AiAccessProxy.Tests.Ledger;

public sealed class StageTests
{
    private static readonly RegisterId Ticket = new("ticket", "t_1");
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    [Fact]
    public void A_register_that_ends_and_lives_again_in_one_batch_keeps_its_key()
    {
        var folder = Some.LedgerFolder();
        Directory.CreateDirectory(folder);
        using var vault = Vault.Open(new DiskScript().ToDisk(), folder);
        var first = new Stage(RegisterBook.Empty, Position.Start, Now, vault);
        Add(first, new Move(Ticket, 0, "a"u8.ToArray()) { LiveGroup = "bot" });

        var second = new Stage(first.Book, first.Last, Now, vault);
        Add(second, new Move(Ticket, 1, "over"u8.ToArray()) { ForgetAfter = Now });
        Assert.Equal([Ticket], second.Ended);
        Add(second, new Move(Ticket, 0, "b"u8.ToArray()) { LiveGroup = "bot" });

        Assert.Empty(second.Ended);
        Assert.True(second.Book.Read(Ticket, Now)!.IsLive);
    }

    private static void Add(Stage stage, Move move) =>
        Assert.IsType<Outcome.Done>(stage.Add(new Change([Some.Record()], [move]), [new byte[1]]));
}
