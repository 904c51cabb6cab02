using AiAccessProxy.Ledger;

namespace AiAccessProxy.Tests.Ledger;

public sealed class GoneFolderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_written_to_a_folder_that_is_gone_is_not_on_record_though_the_open_file_takes_it()
    {
        var folder = Some.LedgerFolder();
        using var ledger = await Some.OpenLedgerAsync(new ManualTime(), folder);
        Assert.IsType<Outcome.Done>(await ledger.CommitAsync(new([Some.Record()], []), Token));

        var away = $"{folder}-away";
        Directory.Move(folder, away);
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.CommitAsync(new([Some.Record()], []), Token));
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.CommitAsync(new([Some.Record()], []), Token));
        Assert.False(ledger.Health.IsOk);

        Directory.Move(away, folder);
        Assert.IsType<Outcome.Done>(await ledger.CommitAsync(new([Some.Record(detail: "back")], []), Token));
        var records = await ledger.ReadFromAsync(Position.Start, Token).Select(entry => entry.Record.Detail).ToListAsync(Token);
        Assert.Equal([null, "back"], records);
    }

    [Fact]
    public async Task What_is_written_to_a_file_whose_name_is_gone_is_not_on_record_though_another_folder_stands_in_its_place()
    {
        var folder = Some.LedgerFolder();
        using var ledger = await Some.OpenLedgerAsync(new ManualTime(), folder);
        Assert.IsType<Outcome.Done>(await ledger.CommitAsync(new([Some.Record()], []), Token));

        Directory.Move(folder, $"{folder}-away");
        Directory.CreateDirectory(folder);
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.CommitAsync(new([Some.Record()], []), Token));

        // A folder that lost what was on record is no ledger to go on with: that is for an operator to decide.
        var refused = await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.CommitAsync(new([Some.Record()], []), Token));
        Assert.Contains("is gone. Put the folder back", refused.Message, StringComparison.Ordinal);
        Assert.False(ledger.Health.IsOk);
    }
}
