using System.Text;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;

namespace AiAccessProxy.Tests.Ledger;

public sealed class VaultTests
{
    private static readonly RegisterId Ticket = new("ticket", "t_1");
    private readonly string _folder = Some.LedgerFolder();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_live_ticket_holds_stands_nowhere_in_the_folder_in_plain()
    {
        using var ledger = Story.Open(_folder);
        await OpenTicketAsync(ledger);

        Assert.DoesNotContain(Files(), file => Contains(file, "top secret"));
    }

    [Fact]
    public async Task The_key_that_opens_a_live_ticket_opens_nothing_after_it_has_ended()
    {
        var keys = new List<byte[]>();
        List<byte[]> before;
        using (var ledger = Story.Open(_folder))
        {
            await OpenTicketAsync(ledger);
            keys.AddRange(Keys());
            before = Sealed();
            Assert.Contains(before, state => keys.Exists(key => Opens(key, 1, state)));
            await ledger.CommitAsync(new([Some.Record()], [new(Ticket, 1, "over"u8.ToArray())]), Token);

            AssertErased();
        }

        AssertErased();
        using (var ledger = Story.Open(_folder)) Assert.Equal("over", Encoding.UTF8.GetString((await ledger.ReadAsync(Ticket, Token))!.State.Span));
        AssertErased();

        void AssertErased()
        {
            Assert.Equal(before, Sealed()[..before.Count]);
            Assert.DoesNotContain(Files(), file => keys.Exists(key => file.AsSpan().IndexOf(key) >= 0));
            Assert.DoesNotContain(Sealed(), state => Keys().Exists(key => Opens(key, 1, state)));
            Assert.DoesNotContain(Files(), file => Contains(file, "top secret"));
        }
    }

    [Fact]
    public async Task An_end_is_not_answered_before_its_key_is_erased_from_the_disk()
    {
        var script = new DiskScript();
        using var ledger = Story.Open(_folder, script.ToDisk());
        await OpenTicketAsync(ledger);
        var from = script.Steps.Count;
        await ledger.CommitAsync(new([Some.Record()], [new(Ticket, 1, "over"u8.ToArray())]), Token);

        var segment = Path.GetFileName(SegmentName.List(_folder)[0].Path);
        Assert.Equal(
            [
                (DiskOperation.Write, segment), (DiskOperation.Sync, segment),
                (DiskOperation.Write, Vault.FileName), (DiskOperation.Sync, Vault.FileName),
            ],
            script.Steps.Skip(from).Take(4));
    }

    [Fact]
    public async Task A_key_is_on_disk_before_the_line_that_needs_it_is_written()
    {
        var script = new DiskScript();
        using var ledger = Story.Open(_folder, script.ToDisk());
        var from = script.Steps.Count;
        await OpenTicketAsync(ledger);

        var segment = Path.GetFileName(SegmentName.List(_folder)[0].Path);
        Assert.Equal(
            [
                (DiskOperation.Write, Vault.FileName), (DiskOperation.Sync, Vault.FileName),
                (DiskOperation.Write, segment), (DiskOperation.Sync, segment),
            ],
            script.Steps.Skip(from).Take(4));
    }

    [Fact]
    public async Task A_key_that_a_crash_left_behind_is_erased_by_the_next_start()
    {
        byte[] vault;
        using (var ledger = Story.Open(_folder))
        {
            await OpenTicketAsync(ledger);
            vault = FolderImages.Read(Path.Combine(_folder, Vault.FileName));
            await ledger.CommitAsync(new([Some.Record()], [new(Ticket, 1, "over"u8.ToArray())]), Token);
        }

        // As if the process had died between the ending line and the erasure.
        File.WriteAllBytes(Path.Combine(_folder, Vault.FileName), vault);
        Assert.NotEmpty(Keys());
        Story.Open(_folder).Dispose();
        Assert.Empty(Keys());
    }

    [Fact]
    public async Task The_vault_grows_when_more_registers_live_than_it_has_slots()
    {
        const int Count = 5_000;
        using (var ledger = Story.Open(_folder))
        {
            var moves = Enumerable.Range(0, Count).Select(i => new Move(new("ticket", $"{i}"), 0, Encoding.UTF8.GetBytes($"state {i}")) { LiveGroup = "a" });
            foreach (var chunk in moves.Chunk(1000)) await ledger.CommitAsync(new([Some.Record()], chunk), Token);
        }

        using var reopened = Story.Open(_folder);
        for (var i = 0; i < Count; i += 99)
            Assert.Equal($"state {i}", Encoding.UTF8.GetString((await reopened.ReadAsync(new("ticket", $"{i}"), Token))!.State.Span));
        Assert.Equal(Count, await reopened.LiveAsync("ticket", "a", Token).CountAsync(Token));
    }

    [Fact]
    public async Task A_slot_is_used_again_by_another_register_with_another_key()
    {
        using var ledger = Story.Open(_folder);
        await OpenTicketAsync(ledger);
        var first = Assert.Single(Keys());
        await ledger.CommitAsync(new([Some.Record()], [new(Ticket, 1, default)]), Token);
        Assert.Empty(Keys());
        await ledger.CommitAsync(new([Some.Record()], [new(new("ticket", "t_2"), 0, default) { LiveGroup = "a" }]), Token);

        Assert.NotEqual(first, Assert.Single(Keys()));
    }

    private static async Task OpenTicketAsync(EmbeddedLedger ledger) => await ledger.CommitAsync(
        new([Some.Record()], [new(Ticket, 0, "top secret"u8.ToArray()) { LiveGroup = "some-agent" }]), Token);

    private List<byte[]> Files() => [.. Directory.EnumerateFiles(_folder).Select(FolderImages.Read)];

    private List<byte[]> Keys() =>
        [.. FolderImages.Read(Path.Combine(_folder, Vault.FileName)).Chunk(StateSeal.KeyBytes).Where(key => key.AsSpan().ContainsAnyExcept((byte)0))];

    /// <summary>Every sealed state in any file, in order.</summary>
    private List<byte[]> Sealed() =>
        [.. Directory.EnumerateFiles(_folder, "*.jsonl").Concat(Directory.EnumerateFiles(_folder, "*.registers"))
            .SelectMany(file => Encoding.UTF8.GetString(FolderImages.Read(file)).Split("\"sealed\":\"").Skip(1))
            .Select(rest => Convert.FromBase64String(rest[..rest.IndexOf('"', StringComparison.Ordinal)]))];

    private static bool Opens(byte[] key, long revision, byte[] state) =>
        StateSeal.Open(key, new Register(Ticket, revision, default, true), state) is not null;

    private static bool Contains(byte[] file, string text) => file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
}
