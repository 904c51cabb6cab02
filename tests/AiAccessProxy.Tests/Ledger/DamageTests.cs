using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;

namespace AiAccessProxy.Tests.Ledger;

public sealed class DamageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_flipped_bit_anywhere_but_in_the_very_last_line_refuses_the_start_in_words_to_act_on()
    {
        var (folder, told) = await StoryToldAsync();
        var segment = SegmentName.List(folder)[^1].Path;
        var whole = FolderImages.Read(segment);
        var lastLine = whole.AsSpan(0, whole.Length - 1).LastIndexOf((byte)'\n') + 1;
        for (var at = 0; at < whole.Length; at++)
        {
            var flipped = whole.ToArray();
            flipped[at] ^= (byte)(1 << (at % 8));
            File.WriteAllBytes(segment, flipped);
            if (at < lastLine)
            {
                if (Record.Exception(() => Story.Open(folder).Dispose()) is not LedgerRefusedException refused)
                {
                    Assert.Fail($"byte {at} of {whole.Length}, last line {lastLine}: {System.Text.Encoding.UTF8.GetString(whole)}");
                    return;
                }

                Assert.Contains(segment, refused.Message, StringComparison.Ordinal);
                Assert.Contains("Put the file back from a backup", refused.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', refused.Message);
                continue;
            }

            // The last line says only how far the segment was durable; without it nothing is lost.
            var copy = FolderImages.Copy(folder);
            using (var ledger = Story.Open(copy)) Assert.Equal(told, await Story.SeenAsync(ledger));
            Directory.Delete(copy, recursive: true);
        }
    }

    [Fact]
    public async Task Damage_in_an_older_segment_is_found_when_it_is_read_and_keeps_nobody_from_starting()
    {
        var (folder, _) = await StoryToldAsync();
        var segment = SegmentName.List(folder)[0].Path;
        var bytes = FolderImages.Read(segment);
        bytes[^30] ^= 1;
        File.WriteAllBytes(segment, bytes);

        using var ledger = Story.Open(folder);
        var refused = await Assert.ThrowsAsync<LedgerRefusedException>(async () => await Story.SeenAsync(ledger));
        Assert.Contains(segment, refused.Message, StringComparison.Ordinal);
        Assert.IsType<Position>(await ledger.AppendAsync(Some.Record(), Token));
    }

    [Fact]
    public async Task A_damaged_snapshot_refuses_the_start_and_can_be_deleted()
    {
        var (folder, told) = await StoryToldAsync();
        var snapshot = RegisterSnapshot.PathOf(folder, SegmentName.List(folder)[^1].Sequence);
        var whole = FolderImages.Read(snapshot);
        for (var at = 0; at < whole.Length; at += 3)
        {
            var flipped = whole.ToArray();
            flipped[at] ^= 4;
            File.WriteAllBytes(snapshot, flipped);
            Assert.Contains("Delete that file", Assert.Throws<LedgerRefusedException>(() => Story.Open(folder)).Message, StringComparison.Ordinal);
            File.WriteAllBytes(snapshot, whole[..at]);
            Assert.Contains("Delete that file", Assert.Throws<LedgerRefusedException>(() => Story.Open(folder)).Message, StringComparison.Ordinal);
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*" + RegisterSnapshot.Extension)) File.Delete(file);
        using var ledger = Story.Open(folder);
        Assert.Equal(told, await Story.SeenAsync(ledger));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_missing_segment_refuses_the_start(int missing)
    {
        var (folder, _) = await StoryToldAsync();
        File.Delete(SegmentName.List(folder)[missing].Path);

        var refused = Assert.Throws<LedgerRefusedException>(() => Story.Open(folder));
        Assert.Contains($"segment 0000000{missing + 1} is missing", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_segment_of_another_ledger_refuses_the_start()
    {
        var (folder, _) = await StoryToldAsync();
        var (_, other) = (await StoryToldAsync(), Some.LedgerFolder());
        using (var ledger = Story.Open(other)) await ledger.AppendAsync(Some.Record(), Token);
        File.Copy(SegmentName.List(other)[0].Path, SegmentName.List(folder)[^1].Path, overwrite: true);

        Assert.Throws<LedgerRefusedException>(() => Story.Open(folder));
    }

    [Fact]
    public async Task A_missing_or_strange_vault_refuses_the_start_while_a_ticket_lives()
    {
        var (folder, told) = await StoryToldAsync();
        var vault = Path.Combine(folder, Vault.FileName);
        var keys = FolderImages.Read(vault);
        File.Delete(vault);
        var refused = Assert.Throws<LedgerRefusedException>(() => Story.Open(folder));
        Assert.Contains(vault, refused.Message, StringComparison.Ordinal);

        var strange = keys.ToArray();
        strange[Array.FindIndex(strange, value => value != 0)] ^= 1;
        File.WriteAllBytes(vault, strange);
        Assert.Throws<LedgerRefusedException>(() => Story.Open(folder));

        File.WriteAllBytes(vault, keys);
        using var ledger = Story.Open(folder);
        Assert.Equal(told, await Story.SeenAsync(ledger));
    }

    private static async Task<(string Folder, string Told)> StoryToldAsync()
    {
        var folder = Some.LedgerFolder();
        using var ledger = Story.Open(folder);
        foreach (var step in Story.Steps) await step(ledger);
        return (folder, await Story.SeenAsync(ledger));
    }
}
